namespace MemSentry.Analysis.ControlFlow;

/// <summary>How control leaves an instruction, other than by an exception (which every instruction may raise).</summary>
public enum FlowKind
{
    /// <summary>To the next instruction.</summary>
    Next,

    /// <summary>To its only target.</summary>
    Branch,

    /// <summary>To one of its targets or to the next instruction.</summary>
    ConditionalBranch,

    /// <summary>Out of the member: return, jump to another member, throw.</summary>
    Exit,

    /// <summary>Out of a protected block to its target, through the finally handlers between (ECMA-335 III.3.46). Empties the stack.</summary>
    Leave,

    /// <summary>Out of a finally or fault handler, to wherever it was entered for (ECMA-335 III.3.35).</summary>
    EndFinally,

    /// <summary>Out of a filter, with its verdict (ECMA-335 III.3.34).</summary>
    EndFilter,
}
