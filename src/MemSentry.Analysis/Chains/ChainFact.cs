namespace MemSentry.Analysis.Chains;

/// <summary>One fact that a proof rests on.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">The IL offset, in the input and in bytes, of the instruction that it comes from; of a check, of the access that it was made for.</param>
public readonly record struct ChainFact(ChainFactKind Kind, int Offset);
