using MemSentry.Cli.Doctor;
using MemSentry.Native;
using MemSentry.Native.StrayWriters;
using MemSentry.Native.ThreadStarts;

namespace MemSentry.Cli.Tests;

/// <summary>What <c>doctor</c> says of the method <c>mpk</c> on machines that are not at hand.</summary>
[TestFixture]
internal sealed class KeyFindingTests
{
    private static readonly ProcessorFacts Keys = new() { HasProtectionKeys = true, AreProtectionKeysOn = true };

    [Test]
    public void A_machine_with_keys() =>
        Assert.That(KeyFindings.Keys(Keys, new Version(6, 1, 0)), Is.EqualTo(
            new Finding("protection keys", Verdict.Good, "processor and system have them, and Linux 6.1.0 keeps them apart for each thread")));

    [Test]
    public void A_kernel_that_loses_them()
    {
        Finding finding = KeyFindings.Keys(Keys, new Version(5, 12, 0));
        Assert.That(finding.Verdict, Is.EqualTo(Verdict.Missing));
        Assert.That(finding.Text, Does.StartWith("MS7022: The method mpk needs Linux 5.13 or newer"));
    }

    [Test]
    public void A_kernel_without_secret_memory_says_what_is_lost_and_what_to_do() =>
        Assert.That(KeyFindings.SecretPages(new SystemCallFailure("memfd_secret", Errno.ENOSYS)), Is.EqualTo(new Finding(
            "secret memory",
            Verdict.Missing,
            "memfd_secret failed with ENOSYS: regions of mpk would lie in memory that the kernel can read for others; run Linux 6.5 or newer, or start an older one with secretmem.enable=1")));

    [TestCase(65536UL, "limited to 64 KiB (ulimit -l): regions beyond it can be swapped out, and secret memory counts too")]
    [TestCase(null, "no limit (ulimit -l unlimited)")]
    public void The_limit_of_locked_memory(ulong? limit, string text) =>
        Assert.That(KeyFindings.LockedMemory(limit), Is.EqualTo(new Finding("locked memory", Verdict.Fact, text)));

    [Test]
    public void Thread_starts_that_cannot_be_led() =>
        Assert.That(
            KeyFindings.ThreadsStart(new ThreadStartFailure("libcoreclr.so has no relocation slot of pthread_create", "run on another version"), []),
            Is.EqualTo(new Finding("thread starts", Verdict.Missing, "libcoreclr.so has no relocation slot of pthread_create; run on another version")));

    [Test]
    public void Code_that_could_open_a_domain_is_told_by_file_with_its_meaning() =>
        Assert.That(
            KeyFindings.Writers(new ProcessWriters([new FileWriters("", 1, 0), new FileWriters("libc.so.6", 2, 3)], "a range cannot be read")),
            Is.EqualTo(new Finding(
                "key writers",
                Verdict.Missing,
                "code made at run time has 1 wrpkru; libc.so.6 has 2 wrpkru and 3 xrstor: who can divert a jump there, with registers of his choice, opens every domain of mpk, " +
                "which takes a bug that diverts control flow; a range cannot be read")));

    [Test]
    public void No_such_code_is_good() =>
        Assert.That(KeyFindings.Writers(new ProcessWriters([], null)).Verdict, Is.EqualTo(Verdict.Good));
}
