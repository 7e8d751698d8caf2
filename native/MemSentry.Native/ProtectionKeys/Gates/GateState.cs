namespace MemSentry.Native.ProtectionKeys.Gates;

/// <summary>How a thread stands to a domain when it comes to a gate.</summary>
internal enum GateState
{
    /// <summary>It has nothing of ours open.</summary>
    Closed,

    /// <summary>It has this domain open, with rights enough.</summary>
    Granted,

    /// <summary>Something else; <c>Windows</c> keeps record of it.</summary>
    Recorded,
}
