using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MemSentry.Samples.Tests.TokenService;

/// <summary>Tokens made and opened by the framework's AES-GCM, which shares nothing with the service's.</summary>
internal static class FrameworkTokens
{
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"dir","enc":"A128GCM"}"""u8);

    public static string Make(byte[] key, string claims)
    {
        byte[] nonce = RandomNumberGenerator.GetBytes(12), text = Encoding.UTF8.GetBytes(claims), sealedText = new byte[text.Length], tag = new byte[16];
        using var gcm = new AesGcm(key, tag.Length);
        gcm.Encrypt(nonce, text, sealedText, tag, Encoding.ASCII.GetBytes(Header));
        return string.Join('.', Header, "", Base64Url.EncodeToString(nonce), Base64Url.EncodeToString(sealedText), Base64Url.EncodeToString(tag));
    }

    /// <exception cref="CryptographicException">It is not genuine.</exception>
    public static string Open(byte[] key, string token)
    {
        string[] parts = token.Split('.');
        byte[] sealedText = Base64Url.DecodeFromChars(parts[3]), text = new byte[sealedText.Length], tag = Base64Url.DecodeFromChars(parts[4]);
        using var gcm = new AesGcm(key, tag.Length);
        gcm.Decrypt(Base64Url.DecodeFromChars(parts[2]), sealedText, tag, text, Encoding.ASCII.GetBytes(parts[0]));
        return Encoding.UTF8.GetString(text);
    }
}
