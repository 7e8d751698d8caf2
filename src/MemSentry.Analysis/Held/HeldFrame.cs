using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Provenance;

namespace MemSentry.Analysis.Held;

/// <summary>What is held at one point of a member, with the types there while a block is gone through.</summary>
internal sealed class HeldFrame(HeldState held)
{
    /// <summary>What is held.</summary>
    public HeldState Held => held;

    /// <summary>The types on the stack.</summary>
    public FrameState? Types { get; private set; }

    /// <summary>Takes the types where a block begins.</summary>
    public void Enter(int instruction, MemberAnalysis analysis)
    {
        BasicBlock block = analysis.Graph.BlockOf(instruction);
        if (block.Range.Start == instruction)
        {
            Types = analysis.StateAt(block);
        }
    }
}
