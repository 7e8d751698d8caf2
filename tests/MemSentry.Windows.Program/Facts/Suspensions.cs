using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>A window belongs to one segment of an async member or iterator: the next segment may run on another thread.</summary>
internal static class Suspensions
{
    public static int Run()
    {
        var until = new TaskCompletionSource();
        Task<int> waiting = Secret.Await(until.Task);
        Probe.Look("a suspended async member");
        new Thread(() => until.SetResult()).Start();
        Require(waiting.GetAwaiter().GetResult() == 3);

        Require(Secret.AwaitForeign(default).GetAwaiter().GetResult() == 2);
        int sum = 0;
        foreach (byte value in Secret.Iterate())
        {
            Probe.Look("the body of a foreach over an iterator");
            sum += value;
        }

        Require(sum == 1);
        Probe.Look("what follows");
        return Probe.Verdict(atLeast: 9);
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            Environment.FailFast("The region's contents are wrong.");
        }
    }
}
