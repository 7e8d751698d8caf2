using MemSentry.Analysis.Members;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>
/// The place for the check of a number on the stack from which the address of an access is displaced: directly behind the instruction that pushed it, as in <c>p->q->x += 1</c>, where the check
/// is one of <c>p->q</c>. There the number is on top of the stack, and the JIT can still fold the displacement into the access, and a load and a store into one instruction.
/// <para>
/// Argument: it is the argument of <see cref="StatementStart"/>. Between that instruction and the access, in one block, nothing happens but computing and loading, so the access is sure to be
/// reached unless a load before it faults, which then is not reported first; nothing can be seen to happen later or not at all, and nothing that ends proofs lies between.
/// </para>
/// </summary>
internal sealed class PushedBases
{
    private readonly HashSet<Instruction> _producers = new(ReferenceEqualityComparer.Instance);
    private Instruction? _last;

    /// <summary>Looks at the next instruction of the block, with the state before it. To look at it twice changes nothing.</summary>
    public void Pass(Instruction instruction, FrameState before)
    {
        if (_last == instruction)
        {
            return;
        }

        if (_last is not null && (Effects.IsSeen(_last) || Effects.IsSeenByHandlers(_last)))
        {
            _producers.Clear();
        }

        if (_last is not null && DisplacementTransfer.Pushed(_last) == 1 && before.Peek(0).Kind == StackKind.NativeInt)
        {
            _producers.Add(_last);
        }

        _last = instruction;
    }

    /// <summary>Whether what an instruction of the block pushed can be checked behind it for an access, and not as well before the access itself.</summary>
    public bool Serves(Instruction producer, Instruction access)
    {
        Instruction? next = producer.Next;
        while (next is { OpCode.OpCodeType: OpCodeType.Prefix })
        {
            next = next.Next;
        }

        return next != access && _producers.Contains(producer);
    }
}
