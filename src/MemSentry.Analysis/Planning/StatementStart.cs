using MemSentry.Analysis.Members;
using MemSentry.Analysis.Provenance;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>
/// The place for the check of a variable: the latest point before an access, in its block, at which the stack is empty and behind which nothing happens but
/// computing and loading. There the check tears no expression apart, and the JIT can still fold the address into the access. Nothing that the program does can
/// be seen to happen later or not at all, and nothing lies between that ends proofs: the access is sure to be reached, unless a load before it faults, which then is not reported first.
/// </summary>
internal sealed class StatementStart
{
    private Instruction? _start;

    /// <summary>Looks at the next instruction of the block, with the state before it.</summary>
    public void Pass(Instruction instruction, FrameState before)
    {
        if (before.Depth == 0 && instruction.Previous is not { OpCode.OpCodeType: OpCodeType.Prefix })
        {
            _start = instruction;
        }
        else if (instruction.Previous is { } previous && (Effects.IsSeen(previous) || Effects.IsSeenByHandlers(previous)))
        {
            _start = null;
        }
    }

    /// <summary>Where the check for an access of an instruction goes.</summary>
    public Instruction For(Instruction access) => _start ?? access;
}
