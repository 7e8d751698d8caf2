namespace MemSentry.Windows.Program.Stress;

/// <summary>One thread of the stress, with a region of its own whose contents it knows.</summary>
internal sealed class Worker(int seed, Lulls lulls, bool isCalm)
{
    private const int OperationsBetweenLulls = 24;

    private readonly Random _random = new(seed);
    private readonly Tally _tally = new();

    public long Windows { get; private set; }

    public long HardwareExceptions { get; private set; }

    public long Threads { get; private set; }

    public long Hops { get; private set; }

    public long Allocations { get; private set; }

    public long Corruptions { get; private set; }

    /// <summary>Where its region is.</summary>
    public nint Address => _tally.Address;

    public void Run()
    {
        do
        {
            for (int i = 0; i < OperationsBetweenLulls; i++)
            {
                Step(isCalm ? 0 : _random.Next(32));
            }

            Windows++;
            Corruptions += _tally.IsIntact() ? 0 : 1;
        }
        while (lulls.Meet());
    }

    private void Step(int choice)
    {
        Windows++;
        switch (choice)
        {
            case < 20:
                _tally.Add();
                break;
            case < 23:
                // One window, and its two halves around somebody else's code, which opens one of its own.
                _tally.AddAround(_tally.Add);
                Windows += 2;
                break;
            case < 26:
                _tally.AddDespiteFault(null);
                HardwareExceptions++;
                break;
            case < 28:
                Catch(() => _tally.FaultAfterAdding(null));
                HardwareExceptions++;
                break;
            case 28:
                _tally.AddAsync().GetAwaiter().GetResult();
                Windows++;
                Hops++;
                break;
            case 29:
                Windows += _tally.AddByLambda(add => add() + add());
                break;
            case 30:
                var thread = new Thread(_tally.Add);
                thread.Start();
                thread.Join();
                Threads++;
                break;
            default:
                _tally.Replace(_random.Next(1, 9000));
                Allocations++;
                break;
        }
    }

    private static void Catch(Action action)
    {
        try
        {
            action();
        }
        catch (NullReferenceException)
        {
        }
    }
}
