namespace MemSentry.Runtime.Tests;

/// <summary>Refusals that a real process can meet, as its user sees them.</summary>
public sealed class StartRefusalTests
{
    /// <summary>Enough for .NET itself with a small GC heap, not for 8 TiB.</summary>
    private const string SmallAddressSpace = "ulimit -v 20000000";

    private static readonly Dictionary<string, string> SmallHeap = new() { ["DOTNET_GCHeapHardLimit"] = "0x4000000" };

    private static IEnumerable<string> LayoutEnds =>
        [$"{AddressSpaceLayout.BlockStart:x}", $"{AddressSpaceLayout.BlockStart + AddressSpaceLayout.BlockLength - 4096:x}"];

    private static IEnumerable<string> AliasEnds =>
        [$"{AddressSpaceLayout.AliasStart:x}", $"{AddressSpaceLayout.AliasStart + AddressSpaceLayout.BlockLength - 4096:x}"];

    [Test]
    public void A_woven_module_starts_on_this_machine()
    {
        ChildResult child = new Probe("start").Run();

        Assert.That(child.Output, Does.StartWith("region in block: True\nMemSentry: protecting, layout 1, methods mpx\n"));
        Assert.That((child.ExitCode, child.Error), Is.EqualTo((0, "")));
    }

    [Test]
    [Covers(RuntimeCode.AddressRangeTaken)]
    public void A_stranger_in_the_block_is_named([ValueSource(nameof(LayoutEnds))] string page) =>
        ExpectStrangerNamed(page, "0x100000000000-0x140000000000");

    [Test]
    public void A_stranger_in_the_alias_is_named([ValueSource(nameof(AliasEnds))] string page) =>
        ExpectStrangerNamed(page, "0x500000000000-0x540000000000");

    [Test]
    public void A_reserved_block_without_arena_is_not_adopted() => ExpectRefusal(
        new Probe("start-beside-empty-block"),
        "PlatformNotSupportedException: MS7007: Safe regions need the address range 0x100000000000-0x140000000000, but " +
        "0x100000000000-0x140000000000 ---p (anonymous memory) lies there; ");

    [Test]
    [Covers(RuntimeCode.AddressSpaceLimited)]
    public void Ulimit_is_named_with_its_value() => ExpectRefusal(
        new Probe("start") { ShellSetup = SmallAddressSpace, Environment = SmallHeap },
        "PlatformNotSupportedException: MS7006: Safe regions reserve 8 TiB of address space (not memory), and this process is limited to " +
        "20000000 KiB; start it with 'ulimit -v unlimited' (systemd: LimitAS=infinity), or set MEMSENTRY_FALLBACK=unprotected");

    [Test]
    public void A_limit_that_only_the_kernel_finds_too_small_is_explained() => ExpectRefusal(
        new Probe("start") { ShellSetup = $"ulimit -v {(8L << 30) + 1}", Environment = SmallHeap },
        "PlatformNotSupportedException: MS7008: The kernel refused to reserve the address range of the safe regions: mmap failed with ENOMEM");

    [TestCase("windows", "MS7001")]
    [TestCase("arm64", "MS7002")]
    [TestCase("musl", "MS7003")]
    public void Another_machine_is_refused_before_anything_is_reserved(string machine, string code) =>
        ExpectRefusal(new Probe("start-on-other-machine", machine), $"PlatformNotSupportedException: {code}: ");

    [Test]
    [Covers(RuntimeCode.LayoutVersionDiffers)]
    public void An_assembly_woven_for_another_layout_is_refused() => ExpectRefusal(
        new Probe("start-with-layout", "2"),
        "SafeRegionException: MS7009: 'Probe' was woven for layout 2, and this MemSentry.Runtime uses layout 1; build it again with the " +
        "weaver of this runtime's version, or set MEMSENTRY_FALLBACK=unprotected to run without protection.");

    [Test]
    [Covers(RuntimeCode.OtherRuntimeDiffers)]
    public void Another_copy_with_another_layout_is_refused() => ExpectRefusal(
        new Probe("start-beside-other-layout", "9"),
        "SafeRegionException: MS7010: Another copy of MemSentry.Runtime in this process uses layout 9.0, and this one uses 1.6; load the " +
        "same version of MemSentry.Runtime everywhere, or");

    /// <summary>Whoever takes an unknown method for none of its own leaves regions open to code without checks; so no fallback helps.</summary>
    [TestCase("refuse", "ProtMethod=vmfunc;Rw=rw", "the method 'vmfunc'", "mpx, sfi, mpk, mprotect or crypt")]
    [TestCase("unprotected", "ProtMethod=vmfunc;Rw=rw", "the method 'vmfunc'", "mpx, sfi, mpk, mprotect or crypt")]
    [TestCase("mprotect", "ProtMethod=MPK;Rw=rw", "the method 'MPK'", "mpx, sfi, mpk, mprotect or crypt")]
    [TestCase("refuse", "Rw=rw", "the method 'unknown'", "mpx, sfi, mpk, mprotect or crypt")]
    [TestCase("refuse", "ProtMethod=mprotect;DomainMethods=keys:vmfunc", "the method 'vmfunc' for the domain 'keys'", "mpk, mprotect or crypt")]
    [TestCase("refuse", "ProtMethod=mprotect;DomainMethods=keys:mpx", "the method 'mpx' for the domain 'keys'", "mpk, mprotect or crypt")]
    [TestCase("refuse", "ProtMethod=mprotect;DomainMethods=keys", "the method '' for the domain 'keys'", "mpk, mprotect or crypt")]
    [Covers(RuntimeCode.MethodUnknown)]
    public void An_assembly_woven_with_a_method_that_this_runtime_does_not_have_is_refused(string fallback, string settings, string method, string known)
    {
        ChildResult child = new Probe("start-with-settings", settings) { Environment = { ["MEMSENTRY_FALLBACK"] = fallback } }.Run();

        Assert.That((child.ExitCode, child.Output, child.Error), Is.EqualTo((
            ChildResult.Refused,
            $"SafeRegionException: MS7018: 'Probe' is woven with {method}, which this MemSentry.Runtime does not have; deliver the MemSentry.Runtime of the weaver's version, or weave it with {known}.",
            "")));
    }

    [Test]
    [Covers(RuntimeCode.NothingWoven)]
    public void A_region_in_an_unwoven_process_is_refused() => ExpectRefusal(
        new Probe("allocate-unwoven"),
        "SafeRegionException: MS7011: No woven assembly has started in this process, so nothing would protect the safe region; weave the " +
        "program with MemSentry.Fody or memsentry-weave, or set MEMSENTRY_FALLBACK=unprotected");

    private static void ExpectStrangerNamed(string page, string range) => ExpectRefusal(
        new Probe("start-beside-stranger", page, Probe.Assembly),
        $"PlatformNotSupportedException: MS7007: Safe regions need the address range {range}, but 0x{page}-",
        $" r--p {Probe.Assembly} lies there; find out which library maps memory at fixed addresses and start it later or move it, or set");

    private static void ExpectRefusal(Probe probe, params string[] words)
    {
        ChildResult child = probe.Run();

        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Refused), child.Error);
        Assert.That(child.Output, Does.StartWith(words[0]));
        Assert.That(words.Where(part => !child.Output.Contains(part, StringComparison.Ordinal)), Is.Empty, child.Output);
        Assert.That(child.Output, Does.Not.Contain("\n"), "one sentence, no stack trace");
    }
}
