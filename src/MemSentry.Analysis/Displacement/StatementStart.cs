using MemSentry.Analysis.Members;
using MemSentry.Analysis.Provenance;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>
/// The place for the check of a variable: the latest point before an access, in its block, at which the stack is empty and behind which nothing happens but
/// computing and loading. There the check tears no expression apart, and the JIT can still fold the address into the access. Nothing that the program does can
/// be seen to happen later or not at all, and nothing lies between that ends proofs: the access is sure to be reached, unless a load before it faults, which then is not reported first.
/// <para>
/// A variable that is made new by its check must be loaded behind it. Where the stack is never empty, the check goes before the first of those loads.
/// </para>
/// </summary>
internal sealed class StatementStart(MemberVariables variables)
{
    private readonly Dictionary<int, (Instruction Load, int Depth)> _loads = [];
    private Instruction? _start;

    /// <summary>What was pushed in the same way, and can be checked where it lies.</summary>
    public PushedBases Bases { get; } = new();

    /// <summary>Looks at the next instruction of the block, with the state before it. To look at it twice changes nothing.</summary>
    public void Pass(Instruction instruction, FrameState before)
    {
        Bases.Pass(instruction, before);
        if (before.Depth == 0 && instruction.Previous is not { OpCode.OpCodeType: OpCodeType.Prefix })
        {
            _start = instruction;
        }
        else if (instruction.Previous is { } previous && (Effects.IsSeen(previous) || Effects.IsSeenByHandlers(previous)))
        {
            _start = null;
            _loads.Clear();
        }

        if (_start is null && IsLoad(instruction))
        {
            _loads.TryAdd(variables.VariableOf(instruction), (instruction, before.Depth));
        }
        else if (_start is not null)
        {
            _loads.Clear();
        }
    }

    /// <summary>Where the check for an access of an instruction goes.</summary>
    public Instruction For(Instruction access) => _start ?? access;

    /// <summary>Where a variable is made new, and how many values lie on the stack there; null if there is no such place.</summary>
    public (Instruction Before, int Depth)? PlaceToRenew(int variable) =>
        _start is not null ? (_start, 0) : _loads.TryGetValue(variable, out (Instruction, int) load) ? load : null;

    private static bool IsLoad(Instruction instruction) => instruction.OpCode.Code
        is >= Code.Ldarg_0 and <= Code.Ldloc_3 or Code.Ldarg or Code.Ldarg_S or Code.Ldloc or Code.Ldloc_S;
}
