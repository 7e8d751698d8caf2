using MemSentry.Crypt;
using MemSentry.Native;
using MemSentry.Native.Crypt;

namespace MemSentry.Runtime.Tests.Crypt;

/// <summary>Where the keys are, and what is said about it.</summary>
[TestFixture]
internal sealed class KeySecrecyTests
{
    [Test]
    public void No_copy_of_a_key_is_left_in_writable_memory()
    {
        Forms.Require(CipherForm.Single);
        if (ProcessorFacts.Read().AreProtectionKeysOn)
        {
            Assert.Ignore("here the code with the keys cannot be read, so the test does not know what to look for");
        }

        ChildResult child = NativeProbe.Run("find-keys");

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((0, "keys 0, planted True")), child.Error);
    }

    [Test]
    public void Without_protection_keys_it_says_hidden_not_isolated() =>
        Assert.That(
            CryptIsolation.Describe(new ProcessorFacts(), isConfirmed: false),
            Does.StartWith("crypt: hidden, not isolated - this machine has no protection keys"));

    [Test]
    public void With_keys_that_the_kernel_does_not_use_it_says_so_too() =>
        Assert.That(
            CryptIsolation.Describe(new ProcessorFacts { AreProtectionKeysOn = true }, isConfirmed: false),
            Does.StartWith("crypt: hidden, not isolated - the kernel has not closed"));

    [Test]
    public void With_execute_only_pages_it_says_that() =>
        Assert.That(
            CryptIsolation.Describe(new ProcessorFacts { AreProtectionKeysOn = true }, isConfirmed: true),
            Is.EqualTo("crypt: the pages with the AES keys can be executed and not read"));

    [Test]
    public void A_region_says_what_holds_on_this_machine()
    {
        Forms.Require(CipherForm.Single);
        using CryptRegion region = CryptRegion.Create(16);

        Assert.That(
            region.Isolation,
            ProcessorFacts.Read().AreProtectionKeysOn ? Does.Contain("can be executed and not read") : Does.Contain("hidden, not isolated"));
    }

    [Test]
    public void The_status_of_the_process_says_it_too()
    {
        Forms.Require(CipherForm.Single);
        using CryptRegion region = CryptRegion.Create(16);

        Assert.That(
            MemSentryRuntime.Status.Warnings.Any(warning => warning.StartsWith("crypt: hidden, not isolated", StringComparison.Ordinal)),
            Is.Not.EqualTo(ProcessorFacts.Read().AreProtectionKeysOn));
    }
}
