namespace MemSentry.AccessTable;

/// <summary>How much memory an access touches.</summary>
/// <param name="Kind">How it is known.</param>
/// <param name="Size">Size of the access, or of one lane.</param>
/// <param name="Count">The length (<see cref="ExtentKind.Counted"/>) or the vector of indices (<see cref="ExtentKind.Lanes"/>: unit is the scale).</param>
/// <param name="MayBeEmpty">
/// Whether the member may return without having touched anything, so that its return proves nothing (masks, prefetches, zero lengths).
/// </param>
public readonly record struct Extent(ExtentKind Kind, ElementSize Size = default, ScaledOperand Count = default, bool MayBeEmpty = false)
{
    /// <summary>An extent that the signature does not tell.</summary>
    public static Extent Unknown { get; } = new(ExtentKind.Unknown, MayBeEmpty: true);
}
