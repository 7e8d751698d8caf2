namespace MemSentry.Analysis.Windows;

/// <summary>Whether the window may be open, and whether it may be closed, at a point of a body.</summary>
internal sealed class WindowFlow
{
    /// <summary>There is a path on which it is open.</summary>
    public bool MayBeOpen { get; set; }

    /// <summary>There is a path on which it is closed.</summary>
    public bool MayBeClosed { get; set; }

    /// <summary>Applies an instruction, the switch before it included.</summary>
    public void Apply(WindowEffect effect)
    {
        switch (effect)
        {
            case WindowEffect.NeedsOpen:
                (MayBeOpen, MayBeClosed) = (true, false);
                break;
            case WindowEffect.NeedsClosed or WindowEffect.SendsException:
                (MayBeOpen, MayBeClosed) = (false, true);
                break;
            case WindowEffect.RunsTwin or WindowEffect.Forgets:
                (MayBeOpen, MayBeClosed) = (true, true);
                break;
        }
    }

    /// <summary>The switch that has to go before an instruction; null if the window is as it asks on every path.</summary>
    public WindowActionKind? Before(WindowEffect effect) => effect switch
    {
        WindowEffect.NeedsOpen or WindowEffect.RunsTwin when MayBeClosed => WindowActionKind.Resume,
        WindowEffect.NeedsClosed when MayBeOpen => WindowActionKind.Suspend,
        WindowEffect.SendsException when MayBeOpen => WindowActionKind.SuspendForException,
        _ => null,
    };
}
