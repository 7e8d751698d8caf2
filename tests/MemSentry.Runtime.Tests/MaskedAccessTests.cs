namespace MemSentry.Runtime.Tests;

/// <summary>What a program that is woven with <c>sfi</c> says when a masked access is blocked, and how it ends.</summary>
public sealed class MaskedAccessTests
{
    [TestCase("region", "inside the safe region 'session key' (byte 42 of 100)")]
    [TestCase("long-name", "inside the safe region 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn' (byte 0 of 100)")]
    [TestCase("unnamed", "inside an unnamed safe region (byte 99 of 100)")]
    [TestCase("large", "inside the safe region 'large' (byte 2999999999 of 3000000000)")]
    [TestCase("released", "in memory of the safe region 'old key', which was released")]
    [TestCase("behind", "in the guard behind the safe region 'guarded' of 100 bytes")]
    [TestCase("arena", "in the arena of the safe regions, where no region lives")]
    [TestCase("header", "in the arena of the safe regions, where no region lives")]
    [TestCase("guard", "in the guard around the safe regions")]
    public void A_blocked_access_is_told_with_its_place(string place, string words) => ExpectBlocked(place, "load", "a load", words);

    [Test]
    [Covers(RuntimeCode.MaskedAccessBlocked)]
    public void A_store_is_told_from_a_load() =>
        ExpectBlocked("region", "store", "a store", "inside the safe region 'session key' (byte 42 of 100)");

    [Test]
    public void Native_code_that_is_sent_there_is_reported_too()
    {
        ChildResult child = new Probe("blocked-in-native-code").Run();

        // .NET hands faults of native code to the kernel: SIGSEGV.
        Assert.That(child.ExitCode, Is.EqualTo(128 + 11));
        Assert.That(child.Error, Does.StartWith("MemSentry: MS7101: Blocked a store at 0x12").And.Contain("'session key' (byte 42 of 100)"));
    }

    [Test]
    public void Lines_of_many_threads_do_not_mix()
    {
        ChildResult child = new Probe("blocked-on-all-threads").Run();

        string[] reports = [.. child.Error.Split('\n').Where(line => line.Contains("MS7101", StringComparison.Ordinal))];
        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Aborted));
        Assert.That(reports, Is.Not.Empty);
        Assert.That(reports, Has.All.Match("^MemSentry: MS7101: Blocked a store at 0x12[0-9a-f]{10}, inside .* an attacker can use\\.$"));
        Assert.That(child.Error, Does.Contain("NullAccesses.Store("));
    }

    [Test]
    [Covers(RuntimeCode.LowMemoryMasked)]
    public void Memory_that_appears_below_the_mask_is_warned_of_and_its_fault_is_explained()
    {
        ChildResult child = new Probe("low-mapping").Run();

        ulong page = Convert.ToUInt64(child.Output.Split('\n')[0].Split(' ')[1], 16);
        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Aborted));
        Assert.That(child.Output, Does.Contain("\n  masks: MISS 1 of the process's mappings\n"));
        Assert.That(child.Output, Does.Contain($"  warning: code woven with sfi cannot use 0x{page:x}-0x{page + 4096:x} rw-p (anonymous memory), because"));
        Assert.That(child.Error, Does.Match(
            $"^MemSentry: MS7103: Nothing is mapped at 0x4000{page + 16:x8}, where the instruction at 0x7[0-9a-f]+ wanted a store, but memory is mapped " +
            $"at 0x{page + 16:x}: .* with ProtMethod=mpx, "));
        Assert.That(child.Error, Does.Contain("\nFatal error.\nSystem.AccessViolationException").And.Contain("NullAccesses.Store("));
    }

    [Test]
    public void A_crash_dump_is_written_for_a_blocked_access()
    {
        string folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        if (!File.Exists(Path.Combine(folder, "createdump")))
        {
            Assert.Ignore($"This .NET has no createdump in {folder}.");
        }

        string dump = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():n}.dmp");
        try
        {
            ChildResult child = new Probe("blocked", "region", "load")
            {
                Environment =
                {
                    ["DOTNET_DbgEnableMiniDump"] = "1",
                    ["DOTNET_DbgMiniDumpType"] = "1",
                    ["DOTNET_DbgMiniDumpName"] = dump,
                },
            }.Run();

            Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Aborted));
            Assert.That(child.Error, Does.StartWith("MemSentry: MS7101: Blocked a load"));
            using FileStream written = File.OpenRead(dump);
            var magic = new byte[4];
            written.ReadExactly(magic);
            Assert.That(magic, Is.EqualTo("\u007fELF"u8.ToArray()));
        }
        finally
        {
            File.Delete(dump);
        }
    }

    [TestCase("behind-guarded-region", "a store at 0x12[0-9a-f]{10}, in the guard behind an unnamed safe region of 100 bytes")]
    [TestCase("released-region", "a store at 0x12[0-9a-f]{10}, in memory of an unnamed safe region, which was released")]
    [TestCase("read-only-region", @"a store at 0x12[0-9a-f]{10}, inside an unnamed safe region \(byte 0 of 100\)")]
    [TestCase("low-guard", "a store at 0x100000003039, in the guard around the safe regions")]
    [Covers(RuntimeCode.ClosedPageHit)]
    public void Faults_in_the_block_itself_are_explained_on_request(string target, string words)
    {
        ChildResult child = new Probe("touch", target) { Environment = { ["MEMSENTRY_EXPLAIN_FAULTS"] = "1" } }.Run();

        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Aborted));
        Assert.That(child.Error, Does.Match($"^MemSentry: MS7102: The processor stopped {words}, by the instruction at 0x7[0-9a-f]+: "));
        Assert.That(child.Error, Does.Contain("\nFatal error.\nSystem.AccessViolationException").And.Contain("Dying.Touch"));
    }

    private static void ExpectBlocked(string place, string access, string accessWords, string placeWords)
    {
        ChildResult child = new Probe("blocked", place, access).Run();

        ulong address = Convert.ToUInt64(child.Output.Split(' ')[1], 16);
        string[] lines = child.Error.Split('\n');
        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Aborted));
        Assert.That(child.Output, Does.Not.Contain("survived"));
        Assert.That(lines[0], Does.StartWith($"MemSentry: MS7101: Blocked {accessWords} at 0x{address:x}, {placeWords}, by the instruction at 0x7"));
        Assert.That(lines[0], Does.Contain($": the mask led it to 0x{address | 1UL << 46:x}, where nothing is. "));
        Assert.That(lines[1..3], Is.EqualTo((string[])
        [
            "Fatal error.",
            "System.AccessViolationException: Attempted to read or write protected memory. This is often an indication that other memory is corrupt.",
        ]));
        Assert.That(lines[3], Does.StartWith($"   at MemSentry.Runtime.Probe.NullAccesses.{char.ToUpperInvariant(access[0])}{access[1..]}("));
    }
}
