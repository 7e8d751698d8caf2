namespace MemSentry.AccessTable;

/// <summary>One operand through which an opcode touches memory.</summary>
/// <param name="Depth">Its position on the evaluation stack before the instruction, 0 being the top.</param>
/// <param name="Kind">What the opcode does there.</param>
public readonly record struct AddressOperand(int Depth, AccessKind Kind);
