namespace MemSentry.Verifier;

/// <summary>Stops a part of the verification: what cannot be understood is not proven.</summary>
internal sealed class RejectionException(VerifierCode code, string reason) : Exception(reason)
{
    /// <summary>Why.</summary>
    public VerifierCode Code => code;

    /// <summary>A rejection of a member with something that there is no rule for.</summary>
    public static RejectionException NotUnderstood(string what) => new(VerifierCode.NotUnderstood, $"{what}, for which the verifier has no rule, so nothing is proven here.");
}
