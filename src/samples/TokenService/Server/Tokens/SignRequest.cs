using System.Text.Json.Serialization;

namespace TokenService.Server.Tokens;

/// <summary>The body of a request for a token.</summary>
/// <param name="Subject">See <see cref="TokenClaims"/>; from 1 to 200 characters.</param>
/// <param name="Scope">Likewise; at most 1000 characters.</param>
internal sealed record SignRequest([property: JsonPropertyName("sub")] string? Subject, [property: JsonPropertyName("scope")] string? Scope)
{
    private const int LongestSubject = 200;
    private const int LongestScope = 1000;

    /// <summary>What is wrong with it, as a sentence; <see langword="null"/> if nothing is.</summary>
    public string? Fault => Subject switch
    {
        null or "" => "The request has no 'sub'.",
        { Length: > LongestSubject } => $"'sub' has {Subject.Length} characters; it can have {LongestSubject}.",
        _ when Scope?.Length > LongestScope => $"'scope' has {Scope.Length} characters; it can have {LongestScope}.",
        _ => null,
    };
}
