namespace MemSentry.Native.ProtectionKeys.Gates;

/// <summary>Calls the stubs of a page. They touch no memory and return at once, so the garbage collector need not know.</summary>
internal static unsafe class GateCalls
{
    /// <summary>Whether this thread may read or write the domain of a page.</summary>
    public static bool May(ulong page, KeyRights rights) => Ask(page, rights == KeyRights.Read ? GateEntry.MayRead : GateEntry.MayWrite) != 0;

    /// <summary>Gives this thread rights to the domain of a page, whatever else is open.</summary>
    public static void Set(ulong page, KeyRights rights) => Do(page, rights switch
    {
        KeyRights.Read => GateEntry.OpenToRead,
        KeyRights.ReadWrite => GateEntry.OpenToWrite,
        _ => GateEntry.Close,
    });

    /// <summary>Takes this thread's rights to all that is ours.</summary>
    public static void CloseAll() => Do(GateLayout.RuntimePage, GateEntry.Leave);

    /// <summary>PKRU of this thread.</summary>
    public static uint Register() => Ask(GateLayout.RuntimePage, GateEntry.Register);

    private static uint Ask(ulong page, GateEntry entry) => ((delegate* unmanaged[SuppressGCTransition]<uint>)GateLayout.AddressOf(page, entry))();

    private static void Do(ulong page, GateEntry entry) => ((delegate* unmanaged[SuppressGCTransition]<void>)GateLayout.AddressOf(page, entry))();
}
