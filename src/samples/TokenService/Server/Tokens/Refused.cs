using System.Text.Json.Serialization;

namespace TokenService.Server.Tokens;

/// <summary>The body of an answer that says no.</summary>
/// <param name="Error">A sentence.</param>
/// <param name="Code">The code of MemSentry, if it was it who refused.</param>
internal sealed record Refused(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("code")] string? Code = null);
