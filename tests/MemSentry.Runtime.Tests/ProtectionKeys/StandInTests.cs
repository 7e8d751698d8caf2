using MemSentry.Native;

namespace MemSentry.Runtime.Tests.ProtectionKeys;

/// <summary>What a module that is woven with <c>mpk</c> meets on a machine without protection keys.</summary>
[TestFixture]
internal sealed class StandInTests
{
    private const int IllegalInstruction = 132;

    [SetUp]
    public void NeedsAMachineWithoutKeys() =>
        Assume.That(ProcessorFacts.Read().AreProtectionKeysOn, Is.False, "this machine has protection keys, so nothing stands in for them");

    [Test]
    public void It_is_refused_with_the_ways_out()
    {
        ChildResult child = Run("gates", null);

        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Refused), child.ToString());
        Assert.That(child.Output, Does.StartWith("PlatformNotSupportedException: MS7021: The method mpk needs protection keys")
            .And.EndsWith("or set MEMSENTRY_FALLBACK=mprotect to have windows open by page permissions, or set MEMSENTRY_FALLBACK=unprotected to run without protection."));
    }

    [TestCase("mprotect")]
    [TestCase("crypt")]
    public void Another_method_stands_in_aloud(string method)
    {
        ChildResult child = Run("gates", method);

        Assert.That(child.ExitCode, Is.Zero, child.ToString());
        Assert.That(child.Output, Does.StartWith("state 2, may 0\nstate 2, may 0\nin the region: 2\nMemSentry: protecting").And.Contain($"methods {method}\n"));
        Assert.That(child.Error.Split($"MemSentry: the method {method} stands in for mpk (MEMSENTRY_FALLBACK={method}). MS7021: "), Has.Length.EqualTo(2), "said once");
    }

    [Test]
    public void Everything_is_open_where_nothing_protects()
    {
        ChildResult child = Run("gates", "unprotected");

        Assert.That(child.ExitCode, Is.Zero, child.ToString());
        Assert.That(child.Output, Does.StartWith("state 1, may 1\nstate 1, may 1\nin the region: 2\nMemSentry: NOT PROTECTING"));
        Assert.That(child.Error, Does.StartWith("MemSentry: SAFE REGIONS ARE NOT PROTECTED (MEMSENTRY_FALLBACK=unprotected). MS7021: "));
    }

    [Test]
    public void Gates_work_beside_a_stranger_in_the_block() =>
        Assert.That(Run("gates-beside-stranger", "unprotected").Output, Does.Contain("state 1, may 1\nstate 1, may 1\nin the region: 2\nMemSentry: NOT PROTECTING"));

    [Test]
    public void The_stub_that_opens_ends_the_process() => Assert.That(Run("gate-enter", "mprotect").ExitCode, Is.EqualTo(IllegalInstruction));

    private static ChildResult Run(string scenario, string? fallback)
    {
        var probe = new Probe(scenario);
        if (fallback is not null)
        {
            probe.Environment["MEMSENTRY_FALLBACK"] = fallback;
        }

        return probe.Run();
    }
}
