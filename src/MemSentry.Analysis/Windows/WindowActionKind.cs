namespace MemSentry.Analysis.Windows;

/// <summary>A switch of the window inside a body.</summary>
public enum WindowActionKind
{
    /// <summary>Closes it until this body opens it again.</summary>
    Suspend,

    /// <summary>Closes it for an exception, wherever that is handled.</summary>
    SuspendForException,

    /// <summary>Opens it again.</summary>
    Resume,
}
