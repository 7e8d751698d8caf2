namespace MemSentry.Runtime.Tests;

/// <summary>The kernel refuses one call in the life of a region, as limits and sandboxes make it do.</summary>
public sealed class KernelRefusalTests
{
    private const string Mprotect = "10";
    private const string Madvise = "28";
    private const string Mmap = "9";

    /// <summary>Each call that a start makes, by its address and third argument.</summary>
    [TestCase(Mmap, "100000000000", "0", "PlatformNotSupportedException: MS7008: The kernel refused to reserve the address range of the safe regions: mmap failed with ENOMEM")]
    [TestCase(Mmap, "500000000000", "0", "PlatformNotSupportedException: MS7008: ")]
    [TestCase(Madvise, "100000000000", "10", "PlatformNotSupportedException: MS7008: The kernel refused to reserve the address range of the safe regions: madvise failed with ENOMEM")]
    [TestCase(Madvise, "100000000000", "16", "PlatformNotSupportedException: MS7008: ")]
    [TestCase(Mprotect, "120000000000", "3", "PlatformNotSupportedException: MS7008: ")]
    [TestCase(Mprotect, "120000000000", "1", "PlatformNotSupportedException: MS7008: The kernel refused to reserve the address range of the safe regions: mprotect failed with ENOMEM")]
    [TestCase(Mprotect, "120008040000", "3", "SafeRegionException: MS7202: ")]
    [TestCase(Mprotect, "120000040000", "3", "SafeRegionException: MS7202: The kernel refused to change pages of the safe regions: mprotect failed with ENOMEM; raise vm.max_map_count")]
    public void A_start_that_the_kernel_refuses_says_so(string call, string address, string third, string words)
    {
        ChildResult child = new Probe("start-refused", "mprotect", call, address, third).Run();

        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Refused), child.ToString());
        Assert.That(child.Output, Does.StartWith(words).And.Not.Contains("report this"));
    }

    /// <summary>A kernel that cannot is asked once; one that can and refuses must not take more pages with each attempt.</summary>
    [Test]
    public void Pages_that_cannot_be_sealed_are_given_back() => ExpectGivenBack(new Probe("not-sealed"), left: 0);

    [Test]
    public void Pages_behind_a_slab_that_cannot_be_sealed_are_given_back() => ExpectGivenBack(new Probe("not-sealed", "behind"), left: 64 * 1024);

    private static void ExpectGivenBack(Probe probe, int left)
    {
        ChildResult child = probe.Run();
        if (!MemSentryRuntime.Status.IsSealed)
        {
            Assert.Ignore("this kernel has no seals");
        }

        string refusal = "MS7202: The kernel refused to change pages of the safe regions: mseal failed with ENOMEM; raise vm.max_map_count (sysctl), or, where vm.overcommit_memory is 2, the commit limit.\n";
        Assert.That((child.ExitCode, child.Output), Is.EqualTo((0, $"{refusal}{refusal}{refusal}left: {left} bytes")), child.ToString());
    }

    /// <summary>They would be writable for everybody from then on, and the lock would never be free again.</summary>
    [Test]
    public void Records_that_cannot_be_closed_end_the_process()
    {
        ChildResult child = new Probe("records-not-closed").Run();

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((ChildResult.Aborted, "")), child.ToString());
        Assert.That(child.Error, Does.Contain("MS7212: The kernel refused to close the records of the safe regions: mprotect failed with ENOMEM; raise vm.max_map_count"));
    }

    [Test]
    public void A_region_that_could_not_become_read_only_is_as_it_was() =>
        ExpectOutput(new Probe("not-read-only"), "PagesRefused, read-only: False\nwritten and disposed");

    /// <summary>Its pages go, and its bytes with them.</summary>
    [Test]
    public void A_read_only_region_that_cannot_be_overwritten_leaves_nothing_behind() =>
        ExpectOutput(new Probe("not-overwritten"), "left: 0, quarantined: 1");

    /// <summary>An exception there, even one that is caught, would have observers, who may want the lock that is held meanwhile.</summary>
    [Test]
    public void A_large_region_can_be_disposed_where_no_file_can_be_opened() =>
        ExpectOutput(new Probe("no-page-map"), "no more files\ndisposed");

    [Test]
    [Covers(RuntimeCode.AllocatorBusy)]
    public void An_observer_in_the_middle_of_an_allocation_may_look_and_not_change() => ExpectOutput(
        new Probe("no-pages"),
        "PagesRefused, live: 1\n" +
        "MS7214: An observer of an exception, or a filter, wants safe regions changed while they are being changed on the same thread, where the kernel has refused something; " +
        "do it later, or elsewhere.\n" +
        "PagesRefused, live: 1\nlive: 0");

    [Test]
    public void No_module_starts_behind_one_that_had_to_wait_and_could_not() => ExpectOutput(new Probe("no-signals"), "First is refused\nThird is refused");

    [Test]
    public void Keys_that_may_get_into_swap_are_told_of()
    {
        Crypt.Forms.Require(Native.Crypt.CipherForm.Single);
        ChildResult child = new Probe("keys-not-locked") { ShellSetup = "ulimit -l 0" }.Run();

        Assert.That(child.Output, Does.Contain("warning: crypt: keys of encrypted regions may get into swap, because mlock2 failed with EPERM; raise RLIMIT_MEMLOCK"), child.ToString());
    }

    /// <summary>The kernel has unmapped what was there by then.</summary>
    [Test]
    public void Where_secret_memory_is_refused_ordinary_pages_take_its_place()
    {
        ChildResult child = new Probe("no-secret-memory") { ShellSetup = "ulimit -l 0" }.Run();

        // With its reason in the middle: kernels before 5.14 have no such call.
        Assert.That(child.ExitCode, Is.Zero, child.ToString());
        Assert.That(child.Output, Does.StartWith("replaced\n").And.Contain(" failed with ").And.EndWith("\nwhole: True, rw-p"));
    }

    private static void ExpectOutput(Probe probe, string output)
    {
        ChildResult child = probe.Run();

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((0, output)), child.ToString());
    }
}
