namespace MemSentry.Runtime.Tests;

/// <summary>
/// Observers of exceptions, and the filters of callers, run before any <c>finally</c> does. What the allocator refuses is thrown when its lock is free, so that they may use regions themselves: they would wait for
/// ever for the thread that they run on.
/// </summary>
public sealed class ObserverTests
{
    [TestCase("mpx", "canary", "SafeRegionException")]
    [TestCase("mpx", "full", "InsufficientMemoryException")]
    [TestCase("mpx", "shared-pages", "SafeRegionException")]
    [TestCase("mpx", "domains", "SafeRegionException")]
    [TestCase("mprotect", "canary", "SafeRegionException")]
    [TestCase("mprotect", "full", "InsufficientMemoryException")]
    [TestCase("mprotect", "domains", "SafeRegionException")]
    [TestCase("crypt", "too-large", "SafeRegionException")]
    [TestCase("crypt", "alignment", "ArgumentOutOfRangeException")]
    public void Who_observes_a_refusal_can_use_regions(string method, string refusal, string type)
    {
        if (method == "crypt")
        {
            Crypt.Forms.Require(Native.Crypt.CipherForm.Single);
        }

        ChildResult child = new Probe("observed", method, refusal).Run();

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((0, $"observer: {type} 1\nfilter: {type} 1\ncaught")), child.ToString());
    }
}
