using System.Collections.Immutable;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Loops;

/// <summary>
/// Code on the way into a loop, where checks for its first round can go: the other rounds do not pass it.
/// </summary>
/// <param name="After">The instruction behind which the code stands. If it is a branch into the loop, the code takes its place.</param>
/// <param name="Code">The code: a place for checks, or a copy of the loop's test with such a place before and behind it, and a branch into the loop if it is needed.</param>
/// <param name="BeforeTest">A <c>nop</c> in the code: the place for checks of what the loop's header accesses.</param>
/// <param name="BehindTest">Another one, for checks of what is accessed behind the loop's test; null if the code has no copy of that.</param>
/// <param name="ReplacesBranch">Whether the code takes the place of a branch.</param>
/// <param name="Redirected">The other branches into the loop from outside, which lead to the code now.</param>
public sealed record LoopEntry(
    Instruction After, ImmutableArray<Instruction> Code, Instruction BeforeTest, Instruction? BehindTest, bool ReplacesBranch, ImmutableArray<Instruction> Redirected);
