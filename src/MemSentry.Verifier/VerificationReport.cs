namespace MemSentry.Verifier;

/// <summary>What the verification of one assembly found.</summary>
/// <param name="Findings">Every reason to reject it, those about the whole assembly first; then in the order of its members.</param>
/// <param name="Members">The number of member bodies that were read.</param>
/// <param name="Obligations">The number of accesses, conversions and escapes that the stamped options ask to be covered.</param>
/// <param name="Trusted">The number of members and accesses on the trust list.</param>
public sealed record VerificationReport(IReadOnlyList<Finding> Findings, int Members, int Obligations, int Trusted)
{
    /// <summary>Whether everything is proven.</summary>
    public bool Accepted => Findings.Count == 0;
}
