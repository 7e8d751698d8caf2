namespace MemSentry.AccessTable;

/// <summary>The stubs on a domain's gate page; each value times <see cref="GateLayout.EntryLength"/> is an offset. The runtime has its own copy.</summary>
public enum GateEntry
{
    /// <summary>Answers how this thread stands to the domain, for a reader; see <see cref="GateState"/>.</summary>
    StateToRead,

    /// <summary>The same for a writer.</summary>
    StateToWrite,

    /// <summary>Opens the domain to reads of a thread that has nothing open; ends the process if it has.</summary>
    EnterToRead,

    /// <summary>The same with stores.</summary>
    EnterToWrite,

    /// <summary>Closes all domains of this thread.</summary>
    Leave,

    /// <summary>Answers 1 if this thread may read, otherwise 0.</summary>
    MayRead,

    /// <summary>Answers 1 if this thread may write.</summary>
    MayWrite,
}
