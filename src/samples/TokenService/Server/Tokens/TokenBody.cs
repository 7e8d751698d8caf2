using System.Text.Json.Serialization;

namespace TokenService.Server.Tokens;

/// <summary>A token as it travels: the answer to a request for one, and the body of a request to verify one.</summary>
/// <param name="Token">See <see cref="CompactToken"/>.</param>
internal sealed record TokenBody([property: JsonPropertyName("token")] string? Token);
