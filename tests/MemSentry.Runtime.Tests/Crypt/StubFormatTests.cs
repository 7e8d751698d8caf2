using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using MemSentry.Crypt;
using MemSentry.Native.Crypt;

namespace MemSentry.Runtime.Tests.Crypt;

/// <summary>What the stubs leave in memory and with the kernel, under keys that the test knows, computed anew by the framework's AES.</summary>
[TestFixture]
internal sealed unsafe class StubFormatTests
{
    private static readonly byte[] CipherKey = Convert.FromHexString("2b7e151628aed2a6abf7158809cf4f3c");
    private static readonly byte[] TagKey = Convert.FromHexString("000102030405060708090a0b0c0d0e0f");
    private static readonly byte[] HashKey = Convert.FromHexString("25629347589242761d31f826ba4b757b");

    private static IEnumerable<TestCaseData> Cases =>
        from form in Forms.All
        from length in (int[])[1, 15, 16, 17, 256, 300]
        select new TestCaseData(form, length);

    [TestCaseSource(nameof(Cases))]
    public void Ciphertext_tag_and_seal_are_what_the_documents_say(CipherForm form, int length)
    {
        Forms.Require(form);
        Assert.That(CryptPages.Create(length, out CryptPages pages), Is.Null);
        Assert.That(TagPlaces.Take(out TagPlace place), Is.Null);
        var header = (CryptHeader*)pages.Start;
        var data = new Span<byte>((void*)pages.Region, length);
        CryptStubs stubs = Create(new CryptStubPlan { Form = form, Header = pages.Start, Address = pages.Region, Length = length, Tag = place });
        byte[] text = new byte[length];
        new Random(length).NextBytes(text);

        // Open from the start, as a new region is.
        text.CopyTo(data);
        header->Count = 1;
        Seal(Kept(place), 1).CopyTo(new Span<byte>(header->Seal, 16));
        CryptResult closed = stubs.Close();
        byte[] nonce = new Span<byte>(header->Nonce, 16).ToArray();
        byte[] ciphertext = data.ToArray();
        byte[] tag = Kept(place);
        CryptResult opened = stubs.Open();

        Assert.That((closed, opened), Is.EqualTo((CryptResult.Done, CryptResult.Done)));
        Assert.That(ciphertext, Is.EqualTo(ReferenceCipher.Transform(CipherKey, nonce, text)));
        Assert.That(tag, Is.EqualTo(Tag(nonce, ciphertext)));
        Assert.That(new Span<byte>(header->Seal, 16).ToArray(), Is.EqualTo(Seal(tag, 1)));
        Assert.That(data.ToArray(), Is.EqualTo(text));
        stubs.Release();
        pages.Release();
    }

    private static CryptStubs Create(CryptStubPlan plan)
    {
        var blocks = new Vector128<byte>[SecretLayout.Count];
        SecretBlocks.Fill(blocks, Vector128.Create(CipherKey), Vector128.Create(TagKey), Vector128.Create(HashKey));
        fixed (Vector128<byte>* secrets = blocks)
        {
            Assert.That(CryptStubs.Create(CryptStubAssembler.Assemble(plan), secrets, out CryptStubs? stubs), Is.Null);
            return stubs!;
        }
    }

    private static byte[] Kept(TagPlace place) => new Span<byte>((void*)place.Address, 16).ToArray();

    private static byte[] Tag(byte[] nonce, byte[] ciphertext)
    {
        byte[] hash = ReferenceCipher.Hash(HashKey, [.. nonce, .. ciphertext]);
        hash[15] &= 0x7f;
        return Encrypt(hash);
    }

    private static byte[] Seal(byte[] tag, int count)
    {
        byte[] block = [.. tag];
        Unsafe.WriteUnaligned(ref block[0], Unsafe.ReadUnaligned<int>(ref block[0]) ^ count);
        block[15] |= 0x80;
        return Encrypt(block);
    }

    private static byte[] Encrypt(byte[] block)
    {
        using var aes = Aes.Create();
        aes.Key = TagKey;
        return aes.EncryptEcb(block, PaddingMode.None);
    }
}
