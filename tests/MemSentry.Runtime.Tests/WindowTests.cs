namespace MemSentry.Runtime.Tests;

/// <summary>Windows of the method <c>mprotect</c>, and how they end a process that cannot go on.</summary>
public sealed class WindowTests
{
    private const int Aborted = 134;

    [Test]
    public void The_kernel_sees_a_region_open_and_close()
    {
        ChildResult child = new Probe("windows").Run();

        Assert.That(child.ExitCode, Is.Zero, child.Error);
        Assert.That(
            child.Output.Split('\n').Take(8),
            Is.EqualTo((string[])["closed: ---p", "reading: r--p", "suspended: ---p", "resumed: r--p", "closed: ---p", "writing: rw-p", "MemSentry: protecting, layout 1, methods mprotect", "  woven: 1"]));
        Assert.That(child.Output, Does.Contain("  fault handler: in place"));
    }

    [Test]
    [Covers(RuntimeCode.WindowNotOpen)]
    public void A_body_without_its_gate_ends_the_process() => ExpectDeath("window-required", "MS7104: The body of a whitelisted member was entered without its gate");

    [Test]
    [Covers(RuntimeCode.RightsRefused)]
    public void A_domain_that_the_kernel_does_not_open_ends_the_process() =>
        ExpectDeath("window-sealed", "MS7212: The kernel refused to change the rights of a domain of safe regions: mprotect failed with EPERM");

    [Test]
    [Covers(RuntimeCode.TooManyDomains)]
    public void One_domain_too_many_is_refused() => ExpectRefusal(new Probe("domains-exhausted"), "SafeRegionException: MS7210: A process can have 15 domains of safe regions");

    [Test]
    [Covers(RuntimeCode.TooManyWindows)]
    public void One_window_too_many_is_refused() => ExpectRefusal(new Probe("windows-exhausted"), "SafeRegionException: MS7211: Too many windows of safe regions are open at once");

    [TestCase("mpx", "mprotect", "'Second' is woven with the method mprotect, and 'First', which has started before, with mpx")]
    [TestCase("mprotect", "sfi", "'Second' is woven with the method sfi, and 'First', which has started before, with mprotect")]
    [TestCase("mprotect", "none", "'Second' is woven with the method none, and 'First', which has started before, with mprotect")]
    [Covers(RuntimeCode.MethodsConflict)]
    public void Methods_that_do_not_go_together_are_refused_by_name(string first, string second, string words) =>
        ExpectRefusal(new Probe("methods-mixed", first, second), $"SafeRegionException: MS7017: {words}; weave all assemblies of the process with ProtMethod=mprotect, or none.");

    [Test]
    public void The_fallback_opens_everything_aloud()
    {
        // A layout of another version is what this process overrides.
        ChildResult child = new Probe("start-with-layout-and-method", "99") { Environment = { ["MEMSENTRY_FALLBACK"] = "unprotected" } }.Run();

        Assert.That(child.ExitCode, Is.Zero, child.Error);
        Assert.That(child.Error, Does.StartWith("MemSentry: SAFE REGIONS ARE NOT PROTECTED"));
        Assert.That(child.Output, Does.Contain("MemSentry: NOT PROTECTING"));
    }

    private static void ExpectDeath(string scenario, string words)
    {
        ChildResult child = new Probe(scenario).Run();

        Assert.That(child.ExitCode, Is.EqualTo(Aborted), child.ToString());
        Assert.That(child.Error, Does.Contain(words));
    }

    private static void ExpectRefusal(Probe probe, string words)
    {
        ChildResult child = probe.Run();

        Assert.That(child.ExitCode, Is.EqualTo(2), child.ToString());
        Assert.That(child.Output, Does.StartWith(words));
    }
}
