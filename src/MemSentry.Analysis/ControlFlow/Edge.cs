namespace MemSentry.Analysis.ControlFlow;

/// <summary>A way out of a basic block.</summary>
/// <param name="Target">Index of the block it leads to.</param>
/// <param name="Kind">What reaches the target.</param>
public readonly record struct Edge(int Target, EdgeKind Kind)
{
    /// <summary>Whether the state of every point of the source reaches the target, not only the state at its end.</summary>
    public bool IsUnwind => Kind is EdgeKind.UnwindToCatch or EdgeKind.UnwindToCleanup;
}
