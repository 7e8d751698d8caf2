using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>Windows inside windows, as deep as they go.</summary>
internal static class Recursion
{
    public static int Run()
    {
        int sum = Deep(500);
        Probe.Look("what follows");
        try
        {
            // Every level is a window, suspended for the code that opens the next.
            var thread = new Thread(() => Catch(() => Deep(20_000)), 512 << 20);
            thread.Start();
            thread.Join();
        }
        finally
        {
            Probe.Look("what follows the refusal");
        }

        return sum == 501 && Secret.Read(0) == 1 ? Probe.Verdict(atLeast: 2) : 3;
    }

    private static int Deep(int depth) => Secret.Recurse(depth, Deep);

    private static void Catch(Func<int> deep)
    {
        try
        {
            _ = deep();
        }
        catch (SafeRegionException e)
        {
            Console.WriteLine(e.Message);
        }
    }
}
