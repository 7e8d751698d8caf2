namespace MemSentry.Analysis.ControlFlow;

/// <summary>What reaches the target of an edge.</summary>
public enum EdgeKind
{
    /// <summary>The state at the block's end.</summary>
    Normal,

    /// <summary>The state at the block's end with an empty evaluation stack: leave, and the way on after a finally handler.</summary>
    Leave,

    /// <summary>The state at <em>any</em> point of the block, entering a handler that gets the exception on its stack.</summary>
    UnwindToCatch,

    /// <summary>The state at <em>any</em> point of the block, entering a finally or fault handler.</summary>
    UnwindToCleanup,
}
