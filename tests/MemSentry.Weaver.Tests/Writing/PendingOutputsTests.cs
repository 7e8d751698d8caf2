using MemSentry.Weaver.Writing;

namespace MemSentry.Weaver.Tests.Writing;

/// <summary>A process that is told to end waits for outputs that are half in place, and begins no other.</summary>
internal sealed class PendingOutputsTests
{
    [Test]
    public void ClosingWaitsForAnOutputThatWasBegun()
    {
        var outputs = new PendingOutputs();
        using var begun = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        bool complete = false;
        Thread writer = Start(() => outputs.Complete(() =>
        {
            begun.Set();
            mayEnd.Wait();
            complete = true;
        }));
        begun.Wait();

        bool completeWhenClosed = false;
        Thread closer = Start(() =>
        {
            outputs.Close();
            completeWhenClosed = complete;
        });
        // The closer is inside, waiting, before the output may end.
        SpinWait.SpinUntil(() => closer.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        mayEnd.Set();
        writer.Join();
        closer.Join();

        Assert.That(completeWhenClosed, Is.True);
    }

    [Test]
    public void AfterClosingNoOutputBegins()
    {
        var outputs = new PendingOutputs();
        outputs.Close();
        bool begun = false;

        Thread writer = Start(() => outputs.Complete(() => begun = true));
        SpinWait.SpinUntil(() => writer.ThreadState.HasFlag(ThreadState.WaitSleepJoin));

        Assert.That(begun, Is.False);
    }

    [Test]
    public void AnOutputThatFailsIsNotWaitedFor()
    {
        var outputs = new PendingOutputs();

        Assert.Throws<IOException>(() => outputs.Complete(() => throw new IOException()));

        outputs.Close();
    }

    private static Thread Start(Action work)
    {
        var thread = new Thread(() => work()) { IsBackground = true };
        thread.Start();
        return thread;
    }
}
