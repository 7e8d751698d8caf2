namespace MemSentry.Analysis.ControlFlow;

/// <summary>What the control-flow graph needs to know of a member; any instruction set can offer it.</summary>
public interface IInstructionSequence
{
    /// <summary>The number of instructions, at least one.</summary>
    int Count { get; }

    /// <summary>The exception clauses, inner before outer.</summary>
    IReadOnlyList<ExceptionClause> Clauses { get; }

    /// <summary>How control leaves an instruction.</summary>
    FlowKind FlowOf(int index);

    /// <summary>Where it can go, besides the next instruction.</summary>
    IReadOnlyList<int> TargetsOf(int index);
}
