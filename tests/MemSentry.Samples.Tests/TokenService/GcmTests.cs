using System.Security.Cryptography;
using global::TokenService.Server.Cryptography;
using global::TokenService.Server.Keys;

namespace MemSentry.Samples.Tests.TokenService;

/// <summary>The service's AES-GCM against the framework's, on random keys and inputs of every length up to several blocks.</summary>
[TestFixture]
internal sealed class GcmTests
{
    private const int Longest = 100;
    private readonly Random _random = new(20261126);

    [Test]
    public void Seals_what_the_framework_seals() => ForEachMessage((key, gcm, message, additional) =>
    {
        byte[] text = message.Text.ToArray(), expected = new byte[text.Length], tag = new byte[16];
        gcm.Encrypt(message.Nonce, text, expected, tag, additional);

        key.Seal(message.Blocks, message.AdditionalBlocks, message.TextLength);

        Assert.That(message.Text.ToArray(), Is.EqualTo(expected));
        Assert.That(message.Tag.ToArray(), Is.EqualTo(tag));
    });

    [Test]
    public void Opens_what_the_framework_seals() => ForEachMessage((key, gcm, message, additional) =>
    {
        byte[] text = message.Text.ToArray();
        gcm.Encrypt(message.Nonce, text, message.Text, message.Tag, additional);

        Assert.That(key.Open(message.Blocks, message.AdditionalBlocks), Is.True);
        Assert.That(message.Text.ToArray(), Is.EqualTo(text));
    });

    [Test]
    public void A_changed_bit_anywhere_but_in_the_padding_is_found_and_nothing_is_decrypted() => ForEachMessage((key, gcm, message, additional) =>
    {
        gcm.Encrypt(message.Nonce, message.Text.ToArray(), message.Text, message.Tag, additional);
        Span<byte> part = _random.Next(3) switch { 0 => message.Nonce, 1 when message.TextLength > 0 => message.Text, _ => message.Tag };
        part[_random.Next(part.Length)] ^= (byte)(1 << _random.Next(8));
        byte[] before = message.Text.ToArray();

        Assert.That(key.Open(message.Blocks, message.AdditionalBlocks), Is.False);
        Assert.That(message.Text.ToArray(), Is.EqualTo(before));
    });

    [Test]
    public void Generated_keys_differ()
    {
        byte[] first = SealWithNewKey(), second = SealWithNewKey();

        Assert.That(first, Is.Not.EqualTo(second));
    }

    private static byte[] SealWithNewKey()
    {
        using TokenKey key = TokenKey.Generate();
        var message = new GcmMessage([], 16);
        key.Seal(message.Blocks, message.AdditionalBlocks, message.TextLength);
        return message.Text.ToArray();
    }

    private void ForEachMessage(Action<TokenKey, AesGcm, GcmMessage, byte[]> check)
    {
        string file = Path.GetTempFileName();
        for (int length = 0; length <= Longest; length++)
        {
            byte[] secret = Bytes(TokenKey.Length), additional = Bytes(_random.Next(50));
            File.WriteAllBytes(file, secret);
            using TokenKey key = TokenKey.Read(file);
            using var gcm = new AesGcm(secret, GcmMessage.TagLength);
            var message = new GcmMessage(additional, length);
            Bytes(GcmMessage.NonceLength).CopyTo(message.Nonce);
            Bytes(length).CopyTo(message.Text);
            check(key, gcm, message, additional);
        }

        File.Delete(file);
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
