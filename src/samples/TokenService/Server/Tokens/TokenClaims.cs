using System.Text.Json;
using System.Text.Json.Serialization;

namespace TokenService.Server.Tokens;

/// <summary>What a token says, under the names of JWT (RFC 7519).</summary>
/// <param name="Subject">Whom it is about.</param>
/// <param name="Scope">What its bearer may do; absent for everything.</param>
/// <param name="IssuedAt">When it was made, in seconds of Unix.</param>
/// <param name="Expires">From when it is refused, likewise.</param>
internal sealed record TokenClaims(
    [property: JsonPropertyName("sub")] string Subject,
    [property: JsonPropertyName("scope")] string? Scope,
    [property: JsonPropertyName("iat")] long IssuedAt,
    [property: JsonPropertyName("exp")] long Expires)
{
    /// <summary>The claims as JSON in UTF-8.</summary>
    public byte[] Format() => JsonSerializer.SerializeToUtf8Bytes(this, TokenJson.Default.TokenClaims);

    /// <summary>The claims of a text; <see langword="null"/> if it has none: somebody else who has the key writes other tokens.</summary>
    public static TokenClaims? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, TokenJson.Default.TokenClaims) is { Subject: not null } claims ? claims : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
