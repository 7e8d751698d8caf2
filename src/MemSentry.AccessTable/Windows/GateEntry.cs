namespace MemSentry.AccessTable;

/// <summary>The stubs on a domain's gate page; each value times <see cref="GateLayout.EntryLength"/> is an offset. The runtime has its own copy.</summary>
public enum GateEntry
{
    /// <summary>Answers 1 if this thread has no domain open, otherwise 0. Also 0 where another method stands in for keys.</summary>
    IsClosed,

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
