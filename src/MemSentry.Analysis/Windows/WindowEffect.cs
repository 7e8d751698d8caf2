namespace MemSentry.Analysis.Windows;

/// <summary>What an instruction of a whitelisted member asks of the window.</summary>
internal enum WindowEffect
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It may touch a region: the window must be open.</summary>
    NeedsOpen,

    /// <summary>It runs the body of another whitelisted member: open before, unknown afterwards.</summary>
    RunsTwin,

    /// <summary>It runs code that is not whitelisted: closed before, and afterwards.</summary>
    NeedsClosed,

    /// <summary>It runs such code in an open window, because the user said so: unknown afterwards, for that code may have caught an exception.</summary>
    Forgets,

    /// <summary>An exception sets out, or a filter has decided: closed before.</summary>
    SendsException,
}
