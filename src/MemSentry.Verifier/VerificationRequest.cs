namespace MemSentry.Verifier;

/// <summary>One assembly file to verify.</summary>
/// <param name="Input">The woven assembly.</param>
/// <param name="ReferenceDirectories">Where referenced assemblies are looked for, after the input's own folder and before the shared frameworks.</param>
/// <param name="WhitelistFile">The user's own list of whom to trust, in the format of the trust list; or null to accept the stored list.</param>
public sealed record VerificationRequest(string Input, IReadOnlyList<string> ReferenceDirectories, string? WhitelistFile = null);
