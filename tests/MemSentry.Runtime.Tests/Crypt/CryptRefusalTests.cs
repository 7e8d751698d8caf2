using MemSentry.Crypt;
using MemSentry.Native;
using MemSentry.Native.Crypt;

namespace MemSentry.Runtime.Tests.Crypt;

/// <summary>What the method crypt refuses.</summary>
[TestFixture]
internal sealed class CryptRefusalTests
{
    [Test]
    [Covers(RuntimeCode.CryptNotSupported)]
    public void A_processor_without_the_instructions() =>
        Assert.That(
            CryptRefusals.Find(new ProcessorFacts { HasAes = true, HasAvx = true })!.ToException(),
            Is.InstanceOf<PlatformNotSupportedException>().With.Message.StartsWith(
                $"MS{(int)RuntimeCode.CryptNotSupported}: The method crypt needs instructions that this processor does not have (PCLMULQDQ, RDRAND); run on another one"));

    [Test]
    public void A_program_without_the_assembler()
    {
        Forms.Require(CipherForm.Single);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("memsentry-no-iced-");
        try
        {
            foreach (string file in (string[])["MemSentry.Native.Probe.dll", "MemSentry.Native.Probe.runtimeconfig.json", "MemSentry.Runtime.dll", "MemSentry.Native.dll"])
            {
                File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(folder.FullName, file));
            }

            ChildResult child = new Probe("tamper", "nothing") { Program = Path.Combine(folder.FullName, "MemSentry.Native.Probe.dll") }.Run();

            Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Refused), child.Error);
            Assert.That(child.Output, Does.StartWith(
                $"PlatformNotSupportedException: MS{(int)RuntimeCode.CryptNotSupported}: The method crypt needs Iced.dll, which assembles its code, and it is not there; deliver it"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    [Covers(RuntimeCode.CryptRegionTooLarge)]
    public void A_region_above_the_limit() =>
        Assert.That(
            CryptRefusals.Find(65537, 65536)!.Message,
            Is.EqualTo(
                $"MS{(int)RuntimeCode.CryptRegionTooLarge}: A region of 65537 bytes is larger than MaxRegionSize, 65536 bytes: crypt decrypts and encrypts all of it for " +
                "each window; make several regions of it, or raise MaxRegionSize, to 1048576 at most."));

    [Test]
    public void A_region_at_the_limit_is_accepted() =>
        Assert.That(CryptRefusals.Find(CryptLimits.MostBytes, CryptLimits.MostBytes), Is.Null);

    [TestCase(0, 16)]
    [TestCase(-1, 16)]
    [TestCase(1, 0)]
    [TestCase(1, CryptLimits.MostBytes + 1)]
    public void Lengths_and_limits_that_are_none(int length, int limit) =>
        Assert.That(() => CryptRefusals.Find(length, limit), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void The_widest_form_that_the_processor_has_is_used()
    {
        var narrow = new ProcessorFacts { HasAes = true, HasCarrylessMultiply = true, HasAvx = true, HasRandom = true };
        ProcessorFacts wide = narrow with { HasAvx2 = true, HasVectorAes = true, HasVectorCarrylessMultiply = true };

        Assert.That(CipherForms.Best(narrow), Is.EqualTo(CipherForm.Single));
        Assert.That(CipherForms.Best(wide), Is.EqualTo(CipherForm.Double));
        Assert.That(CipherForms.Best(wide with { HasVectorCarrylessMultiply = false }), Is.EqualTo(CipherForm.Single));
        Assert.That(CipherForms.Best(wide with { HasRandom = false }), Is.Null);
    }
}
