using MemSentry.Verifier.Facts;

namespace MemSentry.Verifier.Flow;

/// <summary>What the settings let a proof rest on.</summary>
/// <param name="CallsKeepProofs">Proofs of raw numbers are believed through calls and exceptions.</param>
/// <param name="AliasFaults">The runtime reserves the alias of the block, so an access through a mask that did not fault was at no address of it.</param>
internal readonly record struct Premises(bool CallsKeepProofs, bool AliasFaults)
{
    /// <summary>Those of a module.</summary>
    public static Premises Of(WovenSettings settings) => new(settings.Trust == Trust.Frame, settings.Masks);
}
