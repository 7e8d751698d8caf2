using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>Collects the accesses at known distances from variables, and the steps by which these variables move on, as in <c>*p++ = x</c>.</summary>
internal sealed class MovingUses(Evidence evidence)
{
    private const long LongestStep = 4096;
    private const long Farthest = 1L << 16;

    private readonly List<MovingUse> _uses = [];
    private readonly Dictionary<Instruction, long> _steps = [];
    private readonly HashSet<int> _moving = [];

    /// <summary>The accesses through variables that move.</summary>
    public IReadOnlyList<MovingUse> Found => _uses.FindAll(u => _moving.Contains(u.Variable));

    /// <summary>By how many bytes a store moves its variable on; null if it stores anything else.</summary>
    public long? StepOf(Instruction store) => _steps.TryGetValue(store, out long step) ? step : null;

    /// <summary>Looks at an access that has to be masked, before it is executed.</summary>
    public void Look(Instruction instruction, int depth, int block, DisplacementState state)
    {
        if (state.Peek(depth) is not { IsKnown: true, IsNumber: false, Offset.IsConstant: true } address)
        {
            return;
        }

        for (int variable = 0; variable < state.Variables.Length; variable++)
        {
            Term held = state.Variables[variable];
            if (held.Symbol == address.Symbol && held.Offset.IsConstant && Math.Abs(address.Offset.Low - held.Offset.Low) <= Farthest)
            {
                _uses.Add(new MovingUse(instruction, depth, block, variable, address.Offset.Low - held.Offset.Low, evidence.IsSure(instruction)));
            }
        }
    }

    /// <summary>Looks at a store to a variable, before it is executed.</summary>
    public void LookAtStore(Instruction store, int variable, DisplacementState state)
    {
        if (state.Follows(variable) && state.Variables[variable] is { IsKnown: true, IsNumber: false, Offset.IsConstant: true } before
            && state.Peek(0) is { Offset.IsConstant: true } stored && stored.Symbol == before.Symbol && Math.Abs(stored.Offset.Low - before.Offset.Low) is > 0 and <= LongestStep)
        {
            _steps[store] = stored.Offset.Low - before.Offset.Low;
            _moving.Add(variable);
        }
    }
}
