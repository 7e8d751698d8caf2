namespace MemSentry.Attacks.Domains;

/// <summary>What one attack did under a domain-based method, in a fork of its own.</summary>
/// <param name="Row">The row's name.</param>
/// <param name="Values">What a load returned or threw, one for each region that it was led to; empty if it did not return.</param>
/// <param name="OfCiphertext">What the same load gives on ordinary memory with the bytes that everybody sees at the regions; empty if nobody sees any.</param>
/// <param name="Exception">The type of the exception that left it; null if none did.</param>
/// <param name="Changed">Whether bytes of the region were others afterwards, text or ciphertext.</param>
/// <param name="ShowsSecret">Whether everybody sees the secret at one of the regions.</param>
/// <param name="IsLedByMemory">Whether what it reads tells it where to go on, as an address or up to a terminator: garbage leads it anywhere.</param>
/// <param name="Signal">The signal that ended the fork; 0 for none.</param>
/// <param name="Errors">What it wrote to its standard error.</param>
public sealed record DomainFacts(string Row, IReadOnlyList<string> Values, IReadOnlyList<string> OfCiphertext, string? Exception, bool Changed, bool ShowsSecret, bool IsLedByMemory, int Signal, string Errors);
