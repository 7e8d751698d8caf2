using MemSentry.Analysis.Dataflow;

namespace MemSentry.Analysis.Windows;

/// <summary>
/// The state of the window, forward over a body. A switch is placed at the last moment, before the instruction that asks for it, so that windows
/// with no foreign call between them are one, across blocks, and so are the stretches between them. Where paths disagree, the switch is there and costs a look.
/// </summary>
internal sealed class WindowProblem(IReadOnlyList<WindowEffect> effects) : IForwardProblem<WindowFlow>
{
    /// <summary>The gate opens before it calls.</summary>
    public WindowFlow AtEntry() => new() { MayBeOpen = true };

    public WindowFlow Copy(WindowFlow state) => new() { MayBeOpen = state.MayBeOpen, MayBeClosed = state.MayBeClosed };

    public void Transfer(int instruction, WindowFlow state) => state.Apply(effects[instruction]);

    public bool MattersToHandlers(int instruction) => false;

    /// <summary>An exception travels closed, but a handler is entered by normal ways too.</summary>
    public WindowFlow EnterHandler(WindowFlow raised, bool pushesException) => new() { MayBeOpen = true, MayBeClosed = true };

    public void ClearStack(WindowFlow state)
    {
    }

    public bool Join(WindowFlow into, WindowFlow from)
    {
        bool changed = (from.MayBeOpen && !into.MayBeOpen) || (from.MayBeClosed && !into.MayBeClosed);
        into.MayBeOpen |= from.MayBeOpen;
        into.MayBeClosed |= from.MayBeClosed;
        return changed;
    }
}
