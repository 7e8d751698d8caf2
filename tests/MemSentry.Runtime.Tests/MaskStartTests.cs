using MemSentry.Native;
using MemSentry.Startup;

namespace MemSentry.Runtime.Tests;

/// <summary>Where a module that is woven with <c>sfi</c> starts, and where it is refused.</summary>
public sealed class MaskStartTests
{
    private const string Low = "00400000-00401000 r-xp 00000000 08:01 7 /usr/bin/fixed program";
    private const string Block = "100000000000-140000000000 ---p 00000000 00:00 0";
    private const string High = "7f0000000000-7f0000001000 rw-p 00000000 00:00 0";
    private const string Vsyscall = "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [vsyscall]";

    [Test]
    public void A_masking_module_starts_on_this_machine()
    {
        ChildResult child = new Probe("start-masking").Run();

        Assert.That((child.ExitCode, child.Error), Is.EqualTo((0, "")));
        Assert.That(child.Output, Does.StartWith("region in block: True\nMemSentry: protecting, layout 1, methods sfi\n"));
        Assert.That(child.Output, Does.Contain("\n  fault handler: in place\n  masks: reach all memory of the process\n"));
        Assert.That(child.Output, Does.Not.Contain("warning"));
    }

    [Test]
    public void Checks_alone_need_no_handler_and_a_masking_module_brings_it()
    {
        ChildResult child = new Probe("masking-beside-checks").Run();

        Assert.That(child.Output, Does.StartWith("before: NotNeeded\nafter: InPlace\n").And.Contain("methods mpx, sfi\n"), child.Error);
    }

    [Test]
    public void Without_protection_null_is_null_all_the_same()
    {
        ChildResult child = new Probe("null", "0x400000000000", "8")
        {
            ShellSetup = "ulimit -v 20000000",
            Environment = { ["DOTNET_GCHeapHardLimit"] = "0x4000000", ["MEMSENTRY_FALLBACK"] = "unprotected" },
        }.Run();

        Assert.That(child.Error, Does.StartWith("MemSentry: SAFE REGIONS ARE NOT PROTECTED (MEMSENTRY_FALLBACK=unprotected). MS7006: "));
        Assert.That((child.ExitCode, child.Output.Split(' ')[0]), Is.EqualTo((0, "NullReferenceException")));
    }

    [Test]
    public void Without_the_assembler_a_masking_module_is_refused_and_a_checking_one_starts()
    {
        DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():n}"));
        try
        {
            // Without a list of dependencies: with one, .NET itself refuses to start when a file is missing.
            foreach (string file in (string[])["Probe.dll", "Probe.runtimeconfig.json", "dll"])
            {
                File.Copy(Path.Combine(AppContext.BaseDirectory, $"MemSentry.Runtime.{file}"), Path.Combine(folder.FullName, $"MemSentry.Runtime.{file}"));
            }

            File.Copy(Path.Combine(AppContext.BaseDirectory, "MemSentry.Native.dll"), Path.Combine(folder.FullName, "MemSentry.Native.dll"));
            string program = Path.Combine(folder.FullName, Path.GetFileName(Probe.Assembly));
            ChildResult masking = new Probe("start-masking") { Program = program }.Run();

            Assert.That(masking.ExitCode, Is.EqualTo(ChildResult.Refused), masking.Error);
            Assert.That(masking.Output, Does.Match("^PlatformNotSupportedException: MS7016: .*, but Iced.dll, which assembles it, is not there; deliver it "));
            Assert.That(new Probe("start") { Program = program }.Run().ExitCode, Is.Zero);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public void A_stack_overflow_is_told_as_ever()
    {
        ChildResult child = new Probe("overflow-stack").Run();

        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Aborted));
        Assert.That(child.Error, Does.StartWith("Stack overflow.\n").And.Contain("Masking.<OverflowStack>g__Recurse"));
    }

    [TestCase("")]
    [TestCase("unprotected")]
    [Covers(RuntimeCode.MemoryBelowMask)]
    public void An_unlimited_stack_is_refused_with_its_remedy_and_no_fallback_helps(string fallback)
    {
        ChildResult child = new Probe("start-masking")
        {
            ShellSetup = "ulimit -s unlimited",
            Environment = { ["MEMSENTRY_FALLBACK"] = fallback },
        }.Run();

        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Refused), child.Error);
        Assert.That(child.Output, Does.Match(
            "^PlatformNotSupportedException: MS7014: The method sfi needs all memory of the process at addresses with bit 46 set, and [0-9]+ of its " +
            @"mappings have it clear \(the first is 0x1[0-9a-f]+-0x1[0-9a-f]+ .*\); the kernel moves mappings down when the stack is unlimited, so start " +
            @"the process with 'ulimit -s 8192' \(systemd: LimitSTACK=8M\), or weave with ProtMethod=mpx\.$"));
        Assert.That(new Probe("start") { ShellSetup = "ulimit -s unlimited" }.Run().ExitCode, Is.Zero, "checks do not mind");
    }

    [Test]
    [Covers(RuntimeCode.NullRangeTaken)]
    public void A_stranger_where_null_is_led_is_named()
    {
        ChildResult child = new Probe("null-range-taken").Run();

        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Refused), child.Error);
        Assert.That(child.Output, Is.EqualTo(
            "PlatformNotSupportedException: MS7015: The method sfi leads null pointers to 0x400000000000-0x400000010000, but 0x400000001000-" +
            "0x400000002000 r--p (anonymous memory) lies there; find out which library maps memory at fixed addresses, or weave with ProtMethod=mpx."));
    }

    [Test]
    public void A_program_at_a_fixed_address_is_named()
    {
        Refusal refusal = MaskRefusals.Find(MachineFacts.Read() with { IsStackUnlimited = false }, MemoryMap.Parse([Low, Block, High]))!;

        Assert.That(refusal.ToString(), Does.StartWith("MS7014: ").And.Contain("and 1 of its mappings").And.Contain("r-xp /usr/bin/fixed program); find out"));
        Assert.That(refusal.ToException().Message, Does.EndWith("or weave with ProtMethod=mpx.").And.Not.Contain("MEMSENTRY_FALLBACK"));
    }

    [Test]
    public void The_block_and_the_kernels_own_page_are_no_reason() =>
        Assert.That(MaskRefusals.Find(MachineFacts.Read(), MemoryMap.Parse([Block, High, Vsyscall])), Is.Null);

    [Test]
    public void A_mapping_that_crosses_the_masks_bit_is_one() =>
        Assert.That(MaskRefusals.BelowMask(MemoryMap.Parse(["3ffffffff000-400000001000 rw-p 00000000 00:00 0"])).ToList(), Has.Count.EqualTo(1));

    [Test]
    public void Another_system_cannot_be_overridden()
    {
        Refusal refusal = MaskRefusals.Find(MachineFacts.Read() with { IsLinux = false }, MemoryMap.Parse([]))!;

        Assert.That((refusal.Code, refusal.CanBeOverridden), Is.EqualTo((RuntimeCode.OperatingSystemNotSupported, false)));
    }

    [Test]
    public void Two_copies_of_the_runtime_share_one_handler_and_report_once()
    {
        ChildResult child = new Probe("two-masking-copies").Run();

        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Aborted));
        Assert.That(child.Output, Does.StartWith("same handler: True\nNullReferenceException in "));
        Assert.That(child.Error.Split("MS7101"), Has.Length.EqualTo(2));
    }
}
