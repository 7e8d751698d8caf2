namespace MemSentry.Native.ProtectionKeys.Gates;

/// <summary>The stubs on a gate page; each value times <see cref="GateLayout.EntryLength"/> is an offset. Woven code has the first seven as constants.</summary>
internal enum GateEntry
{
    /// <summary>Answers a <see cref="GateState"/> for a reader.</summary>
    StateToRead,

    /// <summary>The same for a writer.</summary>
    StateToWrite,

    /// <summary>Opens the domain to reads of a thread that has nothing of ours open; ends the process if it has.</summary>
    EnterToRead,

    /// <summary>The same with stores.</summary>
    EnterToWrite,

    /// <summary>Closes all that is ours to this thread.</summary>
    Leave,

    /// <summary>Answers 1 if this thread may read, otherwise 0.</summary>
    MayRead,

    /// <summary>Answers 1 if this thread may write.</summary>
    MayWrite,

    /// <summary>Opens the domain to reads beside what is open.</summary>
    OpenToRead,

    /// <summary>Opens it to stores as well.</summary>
    OpenToWrite,

    /// <summary>Closes this domain and leaves others as they are.</summary>
    Close,

    /// <summary>Answers the register PKRU.</summary>
    Register,
}
