namespace MemSentry.Analysis.Displacement;

/// <summary>What an access through a raw pointer needs.</summary>
/// <param name="IsProven">Nothing: it lies within reach of an address outside the block.</param>
/// <param name="Variable">A check of this variable, of which it is displaced; null for a check of the address itself.</param>
internal readonly record struct AccessNeed(bool IsProven, int? Variable)
{
    /// <summary>It is proven.</summary>
    public static AccessNeed Nothing { get; } = new(true, null);

    /// <summary>A check of the address itself.</summary>
    public static AccessNeed OfOperand { get; } = new(false, null);

    /// <summary>A check of a variable.</summary>
    public static AccessNeed OfVariable(int variable) => new(false, variable);
}
