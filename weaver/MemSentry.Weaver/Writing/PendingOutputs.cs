namespace MemSentry.Weaver.Writing;

/// <summary>
/// The outputs that are being put into place at this moment. A program that is told to end closes them first: what was begun is finished, nothing
/// more begins, and no temporary file stays.
/// </summary>
public sealed class PendingOutputs
{
    private readonly object _gate = new();
    private int _pending;
    private bool _closed;

    /// <summary>Those of this process.</summary>
    public static PendingOutputs OfProcess { get; } = new();

    /// <summary>Waits until no output is half in place, and holds up whoever begins another one from now on: the process is about to end.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            while (_pending > 0)
                Monitor.Wait(_gate);
        }
    }

    /// <summary>Puts an output into place.</summary>
    internal void Complete(Action output)
    {
        Begin();
        try
        {
            output();
        }
        finally
        {
            End();
        }
    }

    private void Begin()
    {
        lock (_gate)
        {
            while (_closed)
                Monitor.Wait(_gate);
            _pending++;
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _pending--;
            Monitor.PulseAll(_gate);
        }
    }
}
