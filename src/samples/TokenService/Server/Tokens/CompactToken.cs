using System.Buffers.Text;
using System.Text;
using TokenService.Server.Cryptography;

namespace TokenService.Server.Tokens;

/// <summary>
/// The text of a token: JSON Web Encryption in compact form (RFC 7516) under a key that both sides have (<c>dir</c>) with AES-128-GCM (<c>A128GCM</c>). Five
/// parts in base64url: header, nothing, nonce, ciphertext, tag. The tag covers the header as it stands.
/// </summary>
internal static class CompactToken
{
    // {"alg":"dir","enc":"A128GCM"}
    private const string Header = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0";
    private const int NonceText = 16;
    private const int TagText = 22;
    private const int LongestText = 4096;

    private static readonly byte[] Additional = Encoding.ASCII.GetBytes(Header);

    /// <summary>A message for a text of so many bytes.</summary>
    public static GcmMessage Create(int textLength) => new(Additional, textLength);

    /// <summary>The token of a sealed message.</summary>
    public static string Format(GcmMessage message) =>
        $"{Header}..{Base64Url.EncodeToString(message.Nonce)}.{Base64Url.EncodeToString(message.Text)}.{Base64Url.EncodeToString(message.Tag)}";

    /// <summary>The sealed message of a token; <see langword="null"/> if it has another form.</summary>
    public static GcmMessage? Parse(ReadOnlySpan<char> token)
    {
        if (token.Length > LongestText || !token.StartsWith($"{Header}.."))
            return null;

        ReadOnlySpan<char> rest = token[(Header.Length + 2)..];
        int text = rest.Length - NonceText - TagText - 2;
        if (text < 0 || rest[NonceText] != '.' || rest[^(TagText + 1)] != '.')
            return null;

        ReadOnlySpan<char> ciphertext = rest.Slice(NonceText + 1, text);
        if (!Base64Url.IsValid(ciphertext, out int length))
            return null;

        GcmMessage message = Create(length);
        return Decodes(rest[..NonceText], message.Nonce) && Decodes(ciphertext, message.Text) && Decodes(rest[^TagText..], message.Tag) ? message : null;
    }

    private static bool Decodes(ReadOnlySpan<char> text, Span<byte> bytes) =>
        Base64Url.IsValid(text, out int length) && length == bytes.Length && Base64Url.TryDecodeFromChars(text, bytes, out int written) && written == bytes.Length;
}
