using System.Collections.Immutable;
using Mono.Cecil;

namespace MemSentry.Analysis.Planning;

/// <summary>One operand on the evaluation stack below a planned check.</summary>
/// <param name="LocalType">A local variable of this type can hold the operand without changing it.</param>
/// <param name="Checks">The checks this operand needs; none if it is only in the way of one that does, or measures it.</param>
/// <param name="IsHeld">Whether it is made new before its checks, because it may have been there before a call; the access takes the new one.</param>
public readonly record struct StackOperand(TypeReference LocalType, ImmutableArray<OperandCheck> Checks, bool IsHeld = false);
