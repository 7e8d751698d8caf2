using MemSentry.Native.Crypt;

namespace MemSentry.Runtime.Tests.Crypt;

/// <summary>The transform against published vectors, in each form that this processor can run.</summary>
[TestFixture]
internal sealed class KnownVectorTests
{
    /// <summary>NIST SP 800-38A, F.5.1 and F.5.2, CTR-AES128.</summary>
    [TestCaseSource(typeof(Forms), nameof(Forms.All))]
    public void Counter_mode_is_that_of_SP_800_38A(CipherForm form)
    {
        Forms.Require(form);
        byte[] counter = Convert.FromHexString("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
        byte[] plaintext = Convert.FromHexString(
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
        byte[] ciphertext = Convert.FromHexString(
            "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee");
        using var pass = new Pass(form, 64, Convert.FromHexString("2b7e151628aed2a6abf7158809cf4f3c"));

        plaintext.CopyTo(pass.Data);
        pass.Encrypt(counter);
        Assert.That(pass.Data.ToArray(), Is.EqualTo(ciphertext));

        pass.Decrypt(counter);
        Assert.That(pass.Data.ToArray(), Is.EqualTo(plaintext));
    }

    /// <summary>RFC 8452, appendix A: the worked example. The first block of it is what stubs call the counter block.</summary>
    [TestCaseSource(typeof(Forms), nameof(Forms.All))]
    public void The_hash_is_POLYVAL_of_RFC_8452(CipherForm form)
    {
        Forms.Require(form);
        byte[] counter = Convert.FromHexString("4f4f95668c83dfb6401762bb2d01a262");
        using var pass = new Pass(form, 16, new byte[16], hashKey: Convert.FromHexString("25629347589242761d31f826ba4b757b"));

        Convert.FromHexString("d1a24ddd2721d006bbe45f20d3c9f362").CopyTo(pass.Data);
        Assert.That(Convert.ToHexStringLower(pass.Decrypt(counter)), Is.EqualTo("f7a3b47b846119fae5b7866cf5e5b77e"));
    }

    [Test]
    public void The_reference_hash_is_the_same() =>
        Assert.That(
            Convert.ToHexStringLower(ReferenceCipher.Hash(
                Convert.FromHexString("25629347589242761d31f826ba4b757b"),
                Convert.FromHexString("4f4f95668c83dfb6401762bb2d01a262d1a24ddd2721d006bbe45f20d3c9f362"))),
            Is.EqualTo("f7a3b47b846119fae5b7866cf5e5b77e"));
}
