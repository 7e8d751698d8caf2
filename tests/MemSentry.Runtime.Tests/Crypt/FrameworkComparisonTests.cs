using MemSentry.Native.Crypt;

namespace MemSentry.Runtime.Tests.Crypt;

/// <summary>The transform against the framework's AES on random inputs, which are the same in each run.</summary>
[TestFixture]
internal sealed class FrameworkComparisonTests
{
    private const int Seed = 20261126;

    private static IEnumerable<TestCaseData> Cases =>
        from form in Forms.All
        from hashes in (bool[])[false, true]
        select new TestCaseData(form, hashes);

    [TestCaseSource(nameof(Cases))]
    public void All_lengths_up_to_300_agree_aligned_or_not(CipherForm form, bool hashes) =>
        Assert.Multiple(() =>
        {
            var random = new Random(Seed);
            for (int length = 1; length <= 300; length++)
            {
                Compare(random, form, length, misalignment: length % 16, hashes);
            }
        });

    [TestCaseSource(nameof(Cases))]
    public void Long_ranges_agree(CipherForm form, bool hashes) =>
        Assert.Multiple(() =>
        {
            var random = new Random(Seed);
            foreach (int length in (int[])[512, 1000, 4095, 4096, 4097, 65_537])
            {
                Compare(random, form, length, misalignment: 3, hashes);
            }
        });

    [TestCaseSource(typeof(Forms), nameof(Forms.All))]
    public void The_largest_region_agrees_up_to_its_last_counter(CipherForm form) =>
        Compare(new Random(Seed), form, CryptLimits.MostBytes, misalignment: 0, hashes: false);

    private static void Compare(Random random, CipherForm form, int length, int misalignment, bool hashes)
    {
        Forms.Require(form);
        byte[] key = Draw(random, 16);
        byte[] hashKey = Draw(random, 16);
        byte[] nonce = [.. Draw(random, 14), 0, 0];
        byte[] plaintext = Draw(random, length);
        byte[] ciphertext = ReferenceCipher.Transform(key, nonce, plaintext);
        byte[]? tag = hashes ? ReferenceCipher.Hash(hashKey, [.. nonce, .. ciphertext]) : null;
        using var pass = new Pass(form, length, key, hashes ? hashKey : null, misalignment);

        plaintext.CopyTo(pass.Data);
        byte[] encryptionTag = pass.Encrypt(nonce);
        Assert.That(pass.Data.SequenceEqual(ciphertext), $"encryption of {length} bytes");
        byte[] decryptionTag = pass.Decrypt(nonce);
        Assert.That(pass.Data.SequenceEqual(plaintext), $"decryption of {length} bytes");
        Assert.That(pass.IsMarginUntouched, $"bytes around {length} bytes");
        if (hashes)
        {
            Assert.That(encryptionTag, Is.EqualTo(tag), $"hash of {length} bytes that are encrypted");
            Assert.That(decryptionTag, Is.EqualTo(tag), $"hash of {length} bytes that are decrypted");
        }
    }

    private static byte[] Draw(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
