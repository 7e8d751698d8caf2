using MemSentry.Analysis.Provenance;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>
/// Collects loads that are left to check in a loop although they go through a variable that only moves on by a few bytes, as in <c>x = *p++</c>. If the JIT is made to execute
/// such a load in any case, it is evidence like a store, and one check on the way into the loop may do for all rounds.
/// </summary>
internal sealed class MovingLoads
{
    private const long LongestStep = 4096;

    private readonly List<(Instruction Load, int Variable)> _loads = [];
    private readonly HashSet<int> _moved = [];

    /// <summary>The loads.</summary>
    public HashSet<Instruction> Found => [.. _loads.Where(l => _moved.Contains(l.Variable)).Select(l => l.Load)];

    /// <summary>Looks at an access of a block inside a loop, before it is executed.</summary>
    public void Look(Instruction instruction, Access access, AccessNeed need, DisplacementState state)
    {
        bool isLoad = instruction.OpCode.Code is >= Code.Ldind_I1 and <= Code.Ldind_R8 && access.Depth == 0;
        if (isLoad && !need.IsProven && state.Peek(0) is { IsKnown: true, IsNumber: false, Offset.IsConstant: true } address && state.VariableOf(address.Symbol) is { } variable)
        {
            _loads.Add((instruction, variable));
        }
    }

    /// <summary>Looks at a store to a variable, before it is executed.</summary>
    public void LookAtStore(int variable, DisplacementState state)
    {
        if (state.Follows(variable) && state.Variables[variable] is { IsKnown: true, IsNumber: false, Offset.IsConstant: true } before
            && state.Peek(0) is { Offset.IsConstant: true } stored && stored.Symbol == before.Symbol && Math.Abs(stored.Offset.Low - before.Offset.Low) is > 0 and <= LongestStep)
        {
            _moved.Add(variable);
        }
    }
}
