namespace MemSentry.AccessTable;

/// <summary>What a framework member does with one operand.</summary>
/// <param name="Index">Number of the parameter, or <see cref="Receiver"/>.</param>
/// <param name="Role">What the member does with it.</param>
/// <param name="Extent">How much memory it touches there.</param>
/// <param name="Displacement">Another operand that moves the address before the access.</param>
/// <param name="Reason">Exempt operands: why the operand is never used as an address.</param>
public sealed record ApiOperand(int Index, OperandRole Role, Extent Extent, ScaledOperand? Displacement = null, string? Reason = null)
{
    /// <summary>The index of the receiver, <c>this</c>.</summary>
    public const int Receiver = -1;
}
