using MemSentry.AccessTable;

namespace MemSentry.Verifier.Proving;

/// <summary>What an instruction owes for one of its operands.</summary>
/// <param name="Kind">What happens to the operand: the options choose by it.</param>
/// <param name="IsMet">Whether it is proven.</param>
/// <param name="Code">Why the assembly is rejected if it is not.</param>
/// <param name="Reason">The same as one sentence.</param>
internal readonly record struct Obligation(AccessKind Kind, bool IsMet, VerifierCode Code, string Reason);
