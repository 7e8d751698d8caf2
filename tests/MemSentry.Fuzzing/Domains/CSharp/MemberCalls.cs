namespace MemSentry.Fuzzing.Domains.CSharp;

/// <summary>How to call a member once more that is under way.</summary>
/// <param name="Trusted">From whitelisted code.</param>
/// <param name="Foreign">From other code.</param>
internal sealed record MemberCalls(string Trusted, string Foreign);
