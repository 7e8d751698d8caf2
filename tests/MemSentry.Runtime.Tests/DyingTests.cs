namespace MemSentry.Runtime.Tests;

/// <summary>What the hardware and the kernel stop, without any check in the code.</summary>
public sealed class DyingTests
{
    [TestCase("low-guard")]
    [TestCase("high-guard")]
    [TestCase("alias")]
    [TestCase("free-arena")]
    [TestCase("behind-guarded-region")]
    [TestCase("released-region")]
    [TestCase("read-only-region")]
    public void A_write_to_closed_memory_ends_the_process(string target)
    {
        ChildResult child = new Probe("touch", target).Run();

        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Aborted));
        Assert.That(child.Output, Is.EqualTo("touching"));
        Assert.That(child.Error, Does.Contain("System.AccessViolationException").And.Contain("Dying.Touch"));
    }

    [Test]
    public void The_last_byte_before_a_guard_can_be_written()
    {
        ChildResult child = new Probe("touch", "own-region").Run();

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((0, "touching\nsurvived")));
    }

    [Test]
    [Covers(RuntimeCode.AccessBlocked)]
    public void An_unhandled_violation_ends_the_process_with_its_message()
    {
        ChildResult child = new Probe("violate").Run();

        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Aborted));
        Assert.That(child.Error, Does.Match(
            "^Unhandled exception. MemSentry.SafeRegionViolationException: MS7100: Blocked a load at 0x12[0-9a-f]{10}, inside the safe region " +
            @"'signing keys' \(byte 16 of 4096\), in Demo.Server::Echo at IL offset 0x001f\."));
    }

    [Test]
    public void Nobody_can_unmap_what_is_sealed()
    {
        ChildResult child = new Probe("unmap").Run();

        // On kernels before 6.10 the status must say why, and munmap works.
        string expected = child.Output.StartsWith("sealed: True", StringComparison.Ordinal)
            ? "sealed: True \n" + string.Join('\n', Enumerable.Repeat("munmap failed with EPERM", 4))
            : "sealed: False mseal failed with ENOSYS; run Linux 6.10 or newer\nunmapped";
        Assert.That(child.Output, Is.EqualTo(expected));
    }

    [Test]
    [Covers(RuntimeCode.StateTampered)]
    public void An_overwritten_field_cannot_lead_the_runtime_to_another_arena()
    {
        ChildResult child = new Probe("redirect").Run();

        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Refused));
        Assert.That(child.Output, Does.StartWith("SafeRegionException: MS7208: "));
    }

    [Test]
    public void What_cannot_be_locked_is_reported()
    {
        ChildResult child = new Probe("start-without-lock-privilege") { ShellSetup = "ulimit -l 0" }.Run();

        Assert.That(child.ExitCode, Is.Zero);
        Assert.That(child.Output, Does.Contain(
            "memory: 65536 bytes, 0 locked (mlock2 failed with EPERM; raise RLIMIT_MEMLOCK (ulimit -l) or grant CAP_IPC_LOCK)"));
    }

    [Test]
    [Covers(RuntimeCode.TooManyMappings)]
    public void Guards_are_refused_before_the_process_runs_out_of_mappings()
    {
        ChildResult child = new Probe("exhaust-mappings").Run();

        Assert.That(child.ExitCode, Is.Zero, child.Error);
        Assert.That(child.Output, Is.EqualTo(
            "MS7209: 16384 safe regions end at a guard page, are read-only or are encrypted, as many as the kernel's limit on mappings allows; dispose some, or " +
            "put more secrets into one region.\nlive afterwards: 1"));
    }

    [Test]
    public void Regions_survive_a_collection_at_every_allocation_and_transition()
    {
        ChildResult child = new Probe("churn", "30") { Environment = { ["DOTNET_GCStress"] = "3", ["DOTNET_gcConcurrent"] = "0" } }.Run();

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((0, "done")), child.Error);
    }
}
