namespace MemSentry.Analysis.Options;

/// <summary>The method of one domain.</summary>
/// <param name="Domain">The domain's name.</param>
/// <param name="Method">A domain-based method.</param>
public sealed record DomainMethod(string Domain, ProtectionMethod Method);
