using System.Runtime.InteropServices;
using MemSentry.Native;
using MemSentry.Startup;

namespace MemSentry.Runtime.Tests;

/// <summary>Refusals on the facts of machines that are not at hand.</summary>
public sealed class MachineRefusalTests
{
    private static readonly MachineFacts Good = new()
    {
        IsLinux = true,
        OperatingSystem = "Linux 6.18",
        Processor = Architecture.X64,
        CLibrary = CLibrary.Glibc,
        PageSize = 4096,
        AddressSpaceLimit = null,
        UntagMask = ulong.MaxValue,
    };

    [Test]
    public void The_target_machine_is_accepted() => Assert.That(MachineRefusals.Find(Good), Is.Null);

    [Test]
    public void The_machine_that_runs_the_tests_is_accepted() => Assert.That(MachineRefusals.Find(MachineFacts.Read()), Is.Null);

    [Test]
    [Covers(RuntimeCode.OperatingSystemNotSupported)]
    public void Another_system_is_refused() => ExpectRefusal(
        Good with { IsLinux = false, OperatingSystem = "Microsoft Windows 10.0.26100" },
        "MS7001: Safe regions need Linux, and this is Microsoft Windows 10.0.26100; run on x86-64 Linux (a container or WSL 2 will do), or set " +
        "MEMSENTRY_FALLBACK=unprotected to run without protection.");

    [Test]
    [Covers(RuntimeCode.ProcessorNotSupported)]
    public void Another_processor_is_refused() => ExpectRefusal(
        Good with { Processor = Architecture.Arm64 },
        "MS7002: Safe regions need an x86-64 process, and this one is Arm64; run the x64 build of .NET on an x86-64 machine, or set " +
        "MEMSENTRY_FALLBACK=unprotected to run without protection.");

    [Test]
    [Covers(RuntimeCode.MuslNotSupported)]
    public void Musl_is_refused() => ExpectRefusal(
        Good with { CLibrary = CLibrary.Musl },
        "MS7003: Safe regions need the GNU C library, and this process runs on musl; use an image that is not based on Alpine, or set " +
        "MEMSENTRY_FALLBACK=unprotected to run without protection.");

    [Test]
    [Covers(RuntimeCode.PageSizeNotSupported)]
    public void Another_page_size_is_refused() => ExpectRefusal(
        Good with { PageSize = 65536 },
        "MS7004: Safe regions need pages of 4096 bytes, and this kernel reports 65536; run on another kernel, or set " +
        "MEMSENTRY_FALLBACK=unprotected to run without protection.");

    [Test]
    [Covers(RuntimeCode.LinearAddressMaskingOn)]
    public void Linear_address_masking_is_refused() => ExpectRefusal(
        Good with { UntagMask = ~(0x3fUL << 57) },
        "MS7005: Linear-address masking is on (untag mask 0x81ffffffffffffff), so an address with a tag would pass every check; start the " +
        "process without ARCH_ENABLE_TAGGED_ADDR, or set MEMSENTRY_FALLBACK=unprotected to run without protection.");

    [Test]
    [Covers(RuntimeCode.AddressSpaceLimited)]
    public void A_limit_on_address_space_is_refused() => ExpectRefusal(
        Good with { AddressSpaceLimit = 8UL << 30 },
        "MS7006: Safe regions reserve 8 TiB of address space (not memory), and this process is limited to 8388608 KiB; start it with " +
        "'ulimit -v unlimited' (systemd: LimitAS=infinity), or set MEMSENTRY_FALLBACK=unprotected to run without protection.");

    [Test]
    public void A_limit_that_leaves_room_is_accepted() => Assert.That(MachineRefusals.Find(Good with { AddressSpaceLimit = 8UL << 40 }), Is.Null);

    [Test]
    [Covers(RuntimeCode.ReservationRefused)]
    public void Any_other_refusal_names_call_error_and_remedy()
    {
        Refusal refusal = BlockReservation.Explain(new SystemCallFailure("mmap", Errno.EPERM), Good);

        Assert.That(refusal.ToException(), Is.TypeOf<PlatformNotSupportedException>());
        Assert.That(refusal.ToString(), Is.EqualTo(
            "MS7008: The kernel refused to reserve the address range of the safe regions: mmap failed with EPERM on Linux 6.18; allow the " +
            "call in the sandbox (seccomp, SELinux)."));
    }

    [Test]
    public void The_most_fundamental_cause_is_named_first()
    {
        MachineFacts alpineOnArm = Good with { Processor = Architecture.Arm64, CLibrary = CLibrary.Musl, PageSize = 16384 };

        Assert.That(MachineRefusals.Find(alpineOnArm)!.Code, Is.EqualTo(RuntimeCode.ProcessorNotSupported));
    }

    private static void ExpectRefusal(MachineFacts facts, string message) =>
        Assert.That(() => throw MachineRefusals.Find(facts)!.ToException(), Throws.TypeOf<PlatformNotSupportedException>().With.Message.EqualTo(message));
}
