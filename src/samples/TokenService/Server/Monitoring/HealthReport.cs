using System.Text.Json.Serialization;
using TokenService.Server.Tokens;

namespace TokenService.Server.Monitoring;

/// <summary>What the health endpoint answers.</summary>
/// <param name="IsHealthy">Whether a token that was just made is accepted.</param>
/// <param name="IsProtecting">Whether the key is protected: not if the server was woven with <c>none</c>.</param>
/// <param name="Methods">How.</param>
internal sealed record HealthReport(
    [property: JsonPropertyName("healthy")] bool IsHealthy,
    [property: JsonPropertyName("protecting")] bool IsProtecting,
    [property: JsonPropertyName("methods")] IReadOnlyList<string> Methods)
{
    /// <summary>The state of this moment.</summary>
    public static HealthReport Create(TokenSigner signer, Protection protection) =>
        new(signer.Verify(signer.Sign("health", null)).Claims?.Subject == "health", protection.IsProtecting, protection.Methods);
}
