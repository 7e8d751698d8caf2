using MemSentry.Domains;

namespace MemSentry.Startup;

/// <summary>What a woven module says about a domain: which method protects it.</summary>
/// <param name="Domain">The domain's name.</param>
/// <param name="Method">The method.</param>
internal readonly record struct DomainClaim(string Domain, DomainMethod Method);
