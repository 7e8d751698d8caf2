namespace MemSentry.Attacks.Domains;

/// <summary>What one attack did under a domain-based method, in a fork of its own.</summary>
/// <param name="Row">The row's name.</param>
/// <param name="Values">What it returned, one for each region that it was led to; empty if it did not return.</param>
/// <param name="Exception">The type of the exception that left it; null if none did.</param>
/// <param name="Changed">Whether bytes of the region were others afterwards, text or ciphertext.</param>
/// <param name="FollowsMemory">Whether it uses what it reads as an address, so that garbage leads it anywhere.</param>
/// <param name="Signal">The signal that ended the fork; 0 for none.</param>
/// <param name="Errors">What it wrote to its standard error.</param>
public sealed record DomainFacts(string Row, IReadOnlyList<string> Values, string? Exception, bool Changed, bool FollowsMemory, int Signal, string Errors);
