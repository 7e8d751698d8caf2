namespace MemSentry.Analysis.Chains;

/// <summary>Why an address is known to lie near one outside the block.</summary>
public enum ChainFactKind
{
    /// <summary>An instruction made an address that lies outside the block.</summary>
    Anchor,

    /// <summary>A check passed.</summary>
    Check,

    /// <summary>A check on the way into a loop passed.</summary>
    LoopCheck,

    /// <summary>An access was executed.</summary>
    Access,

    /// <summary>All callers prove it of their arguments. There is no instruction for it: the offset is 0.</summary>
    Callers,

    /// <summary>The callee proves it of what it returns.</summary>
    Callee,
}
