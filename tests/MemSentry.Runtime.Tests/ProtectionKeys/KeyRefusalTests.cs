using MemSentry.Native;
using MemSentry.Native.ProtectionKeys;
using MemSentry.ProtectionKeys;

namespace MemSentry.Runtime.Tests.ProtectionKeys;

/// <summary>What is said where protection keys do not work.</summary>
[TestFixture]
internal sealed class KeyRefusalTests
{
    private static readonly Version NewKernel = new(6, 1, 0);
    private static readonly ProcessorFacts Keys = new() { HasProtectionKeys = true, AreProtectionKeysOn = true };

    [Test]
    [Covers(RuntimeCode.ProtectionKeysMissing)]
    public void A_processor_without_keys() =>
        Assert.That(
            KeyRefusals.Find(new ProcessorFacts(), NewKernel)!.ToString(),
            Is.EqualTo(
                $"MS{(int)RuntimeCode.ProtectionKeysMissing}: The method mpk needs protection keys, and this processor has none, or the virtual machine hides them " +
                "(pku is missing in /proc/cpuinfo); run on a processor that has them, or weave with mpx or sfi, which need none of it, or set MEMSENTRY_FALLBACK=mprotect to have windows open by page permissions."));

    [Test]
    public void A_system_that_has_not_switched_them_on() =>
        Assert.That(
            KeyRefusals.Find(Keys with { AreProtectionKeysOn = false }, NewKernel)!.ToException(),
            Is.InstanceOf<PlatformNotSupportedException>().With.Message.Contains("pku without ospke in /proc/cpuinfo); start the kernel without nopku"));

    [TestCase("5.12.19", false)]
    [TestCase("5.13.0", true)]
    [TestCase("5.10.102", false)]
    [TestCase("5.10.103", true)]
    [TestCase("5.4.181-generic", false)]
    [TestCase("5.4.182", true)]
    [TestCase("5.11.300", false)]
    [TestCase("4.19.300", false)]
    [TestCase("6.1.0-56-cloud-amd64", true)]
    [TestCase("6.18.44+", true)]
    [TestCase("", false)]
    [TestCase("unknown", false)]
    [Covers(RuntimeCode.KernelLosesKeys)]
    public void A_kernel_that_loses_them(string release, bool isAccepted)
    {
        Startup.Refusal? refusal = KeyRefusals.Find(Keys, KernelKeySupport.Parse(release));

        Assert.That(refusal?.Code, isAccepted ? Is.Null : Is.EqualTo(RuntimeCode.KernelLosesKeys));
    }

    [Test]
    public void The_running_kernel_has_a_version() => Assert.That(KernelKeySupport.ReadKernel(), Is.GreaterThan(new Version(3, 0)));

    [Test]
    [Covers(RuntimeCode.NoProtectionKeyLeft)]
    public void One_domain_too_many() =>
        Assert.That(
            KeyRefusals.Create(new SystemCallFailure("pkey_alloc", Errno.ENOSPC), "signing").Message,
            Is.EqualTo(
                $"MS{(int)RuntimeCode.NoProtectionKeyLeft}: The domain 'signing' gets no protection key, because all 16 of the processor are taken (pkey_alloc failed with " +
                "ENOSPC); use fewer domains, or find out which library holds protection keys."));

    [Test]
    public void A_program_without_the_assembler() =>
        Assert.That(
            KeyRefusals.Create(new FileNotFoundException("", "Iced, Version=1.22.0.0")).Sentence,
            Does.StartWith("The method mpk needs Iced.dll, which assembles its code, and it is not there; deliver it beside MemSentry.Runtime.dll"));

    [Test]
    public void A_sandbox_that_forbids_the_call() =>
        Assert.That(
            KeyRefusals.Create(new SystemCallFailure("pkey_mprotect", Errno.EPERM), "signing").Message,
            Does.StartWith($"MS{(int)RuntimeCode.ProtectionKeyRefused}: ").And.EndsWith("because pkey_mprotect failed with EPERM; allow the call in the sandbox (seccomp, SELinux)."));

    [Test]
    [Covers(RuntimeCode.ProtectionKeyRefused)]
    public void A_sandbox_that_lies() =>
        Assert.That(KeyRefusals.NotConfirmed("signing", 3).Message, Does.StartWith($"MS{(int)RuntimeCode.ProtectionKeyRefused}: ").And.Contain("do not have key 3"));
}
