using System.Security.Cryptography;
using TokenService.Server.Cryptography;
using TokenService.Server.Keys;
using TokenService.Server.Monitoring;
using TokenService.Server.Settings;

namespace TokenService.Server.Tokens;

/// <summary>
/// Makes and verifies tokens. Ordinary code: it prepares a message, hands it to the key and takes it back. Nonces are random, so one key is good for
/// 2^32 tokens (NIST SP 800-38D, 8.3).
/// </summary>
internal sealed class TokenSigner(TokenKey key, ServiceMetrics metrics, TimeProvider time, TokenSettings settings)
{
    /// <summary>A token that is good from now on.</summary>
    public string Sign(string subject, string? scope)
    {
        long now = time.GetUtcNow().ToUnixTimeSeconds();
        byte[] text = new TokenClaims(subject, scope, now, now + settings.LifetimeSeconds).Format();
        GcmMessage message = CompactToken.Create(text.Length);
        RandomNumberGenerator.Fill(message.Nonce);
        text.CopyTo(message.Text);

        key.Seal(message.Blocks, message.AdditionalBlocks, message.TextLength);
        metrics.CountSigned();
        return CompactToken.Format(message);
    }

    /// <summary>What a token says, if it is genuine and its time is not over.</summary>
    public Verification Verify(string token)
    {
        if (CompactToken.Parse(token) is not { } message)
            return Verification.NotGenuine;

        bool isGenuine = key.Open(message.Blocks, message.AdditionalBlocks);
        metrics.CountVerified();
        if (!isGenuine || TokenClaims.Parse(message.Text) is not { } claims)
            return Verification.NotGenuine;

        return claims.Expires <= time.GetUtcNow().ToUnixTimeSeconds() ? Verification.Expired : new(claims, null);
    }
}
