namespace TokenService.Server.Tokens;

/// <summary>What came of a token: either its claims, or why it is refused.</summary>
/// <param name="Claims">What it says, if it is good.</param>
/// <param name="Fault">A sentence, if it is not. It does not tell a forged token from a damaged one.</param>
internal readonly record struct Verification(TokenClaims? Claims, string? Fault)
{
    /// <summary>It was not made with this key, or changed since.</summary>
    public static Verification NotGenuine { get; } = new(null, "The token is not genuine.");

    /// <summary>Its time is over.</summary>
    public static Verification Expired { get; } = new(null, "The token has expired.");
}
