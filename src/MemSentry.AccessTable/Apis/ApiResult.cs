namespace MemSentry.AccessTable;

/// <summary>What the result of a framework member is, as an address. Of a constructor: the new object or structure.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Operand">The operand that it comes from, if it does.</param>
/// <param name="Displacement">What moves it away from that operand, if anything.</param>
/// <param name="IsReinterpreted">Whether it is seen as another type than before: pointers and references inside it are origins.</param>
public sealed record ApiResult(ResultKind Kind, int Operand = 0, ScaledOperand? Displacement = null, bool IsReinterpreted = false);
