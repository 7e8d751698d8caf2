namespace MemSentry.AccessTable;

/// <summary>How a thread stands to a domain when it comes to a gate: what the first stub answers.</summary>
public enum GateState
{
    /// <summary>It has no domain open.</summary>
    Closed,

    /// <summary>It has this one open, with rights enough.</summary>
    Granted,

    /// <summary>It has another one open, or too few rights, or the machine has no keys: the runtime keeps record of the window.</summary>
    Recorded,
}
