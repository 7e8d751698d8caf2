using Mono.Cecil;

namespace MemSentry.Analysis.Provenance;

/// <summary>A number of elements among the operands of an instruction, with their size.</summary>
/// <param name="Depth">Depth of the operand that counts.</param>
/// <param name="ElementBytes">Size of one element in bytes, if it is a constant.</param>
/// <param name="ElementType">The type whose size it is, if it is not.</param>
/// <param name="ElementDepth">Depth of the operand that holds the size, if it is neither.</param>
/// <param name="NegativeIsHarmless">Whether the operand is signed, and the callee throws if it is negative.</param>
public sealed record Length(int Depth, int ElementBytes = 0, TypeReference? ElementType = null, int? ElementDepth = null, bool NegativeIsHarmless = false);
