namespace MemSentry.AccessTable;

/// <summary>An operand that counts elements: a length, or a displacement.</summary>
/// <param name="Operand">The operand's number.</param>
/// <param name="Unit">The size of what it counts.</param>
/// <param name="IsSubtracted">Displacements: the product is subtracted.</param>
/// <param name="Bits">32 or 64: width of the operand's type in the callee's signature; 0 in a row, before a callee is known.</param>
/// <param name="IsSigned">Whether the operand's type is signed.</param>
/// <param name="RefusesNegative">Whether the member throws on a negative number, if the type is signed, before it touches or remembers anything.</param>
public readonly record struct ScaledOperand(int Operand, ElementSize Unit, bool IsSubtracted = false, int Bits = 0, bool IsSigned = false, bool RefusesNegative = false)
{
    /// <summary>Whether a negative number ends in the member's own exception, so that it reaches nothing.</summary>
    public bool NegativeIsHarmless => IsSigned && RefusesNegative;
}
