using System.Collections.Immutable;
using MemSentry.AccessTable;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Loops;

/// <summary>A check that is done once, on the way into a loop, instead of in every round.</summary>
/// <param name="Loop">The loop.</param>
/// <param name="Variable">The variable that is checked.</param>
/// <param name="Access">An access that is sure to happen first in the first round, and whose address is displaced from what the variable holds when the round begins.</param>
/// <param name="Depth">The address's depth on the stack.</param>
/// <param name="Kind">What the access does.</param>
/// <param name="IsBeforeTest">Whether it is the header that accesses it: then the check comes before the loop's test.</param>
internal sealed record HoistedCheck(Loop Loop, int Variable, Instruction Access, int Depth, AccessKind Kind, bool IsBeforeTest)
{
    /// <summary>The stores to the variable inside the loop behind which it is checked as well.</summary>
    public ImmutableArray<Instruction> Stores { get; init; } = [];
}
