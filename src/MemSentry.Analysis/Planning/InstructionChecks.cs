using System.Collections.Immutable;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>The checks that go directly before one instruction (before its prefixes, if it has any).</summary>
/// <param name="Target">The instruction that performs the access.</param>
/// <param name="Offset">Its IL offset in the input assembly, in bytes: what a violation reports.</param>
/// <param name="Operands">From the top of the stack down to the deepest operand that is checked.</param>
public sealed record InstructionChecks(Instruction Target, int Offset, ImmutableArray<StackOperand> Operands);
