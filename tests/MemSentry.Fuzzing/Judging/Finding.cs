namespace MemSentry.Fuzzing.Judging;

/// <summary>Something wrong.</summary>
/// <param name="Kind">What.</param>
/// <param name="Member">The member's number in its batch; -1 if it is none, such as one of the prelude.</param>
/// <param name="Arm">How it was woven.</param>
/// <param name="Situation">What it was called with.</param>
/// <param name="Detail">What was observed.</param>
public sealed record Finding(FindingKind Kind, int Member, string Arm, string Situation, string Detail)
{
    /// <summary>Whether memory of a region was read or written, or could be; the others are divergences.</summary>
    public bool IsEscape => Kind is FindingKind.Wrote or FindingKind.Read or FindingKind.Leaked;
}
