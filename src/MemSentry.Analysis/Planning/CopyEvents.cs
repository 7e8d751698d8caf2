using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>What a block does to masked copies, in its order. Sets of copies are the bits of a number.</summary>
internal sealed class CopyEvents
{
    private readonly List<(Instruction Instruction, int Copy)> _events = [];
    private ulong _loadedFirst;
    private ulong _maskedFirst;

    /// <summary>Says that all copies have to be masked again behind an instruction.</summary>
    public const int All = -1;

    /// <summary>Copies of variables in which something else than a native integer is stored.</summary>
    public ulong Unfit { get; private set; }

    /// <summary>The loads of copies, the stores to their variables, and what ends proofs, from the last to the first.</summary>
    public IEnumerable<(Instruction Instruction, int Copy, bool IsLoad)> FromTheEnd()
    {
        for (int i = _events.Count - 1; i >= 0; i--)
        {
            yield return (_events[i].Instruction, _events[i].Copy, _events[i].Instruction.OpCode.StackBehaviourPop == StackBehaviour.Pop0 && _events[i].Copy != All);
        }
    }

    /// <summary>The copies that may be loaded behind the start of the block before they are masked, given those at its end.</summary>
    public ulong LiveBefore(ulong atEnd) => _loadedFirst | (atEnd & ~_maskedFirst);

    /// <summary>Reads a block.</summary>
    public static CopyEvents Of(BasicBlock block, MemberAnalysis analysis, MaskedLoads loads)
    {
        var events = new CopyEvents();
        if (analysis.StateAt(block) is not { } state)
        {
            return events;
        }

        for (int i = block.Range.Start; i < block.Range.End; i++)
        {
            Instruction instruction = analysis.Member[i];
            int changed = loads.CopyChangedBy(instruction, analysis);
            int used = changed >= 0 ? changed : loads.CopyLoadedBy(instruction, analysis);
            if (changed >= 0 && state.Peek(0).Kind != StackKind.NativeInt)
            {
                events.Unfit |= 1UL << changed;
            }

            // Under every trust: what is masked before a call is masked again behind it.
            if (used >= 0 || analysis.EndsProofs(instruction))
            {
                events.Add(instruction, used >= 0 ? used : All, isLoad: changed < 0);
            }

            analysis.Execute(instruction, state);
        }

        return events;
    }

    private void Add(Instruction instruction, int copy, bool isLoad)
    {
        _events.Add((instruction, copy));
        ulong bits = copy == All ? ulong.MaxValue : 1UL << copy;
        if (isLoad && copy != All)
        {
            _loadedFirst |= bits & ~_maskedFirst;
        }
        else
        {
            _maskedFirst |= bits & ~_loadedFirst;
        }
    }
}
