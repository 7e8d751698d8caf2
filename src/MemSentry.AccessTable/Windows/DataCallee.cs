namespace MemSentry.AccessTable;

/// <summary>What a call does about the windows of a whitelisted member.</summary>
public enum DataCallee
{
    /// <summary>It may run anybody's code: it must find every window closed.</summary>
    Foreign,

    /// <summary>It computes on data that it is handed, which may lie in a region: it may need the window.</summary>
    OnData,

    /// <summary>It touches no region and runs no other code: it does not matter to it.</summary>
    Indifferent,
}
