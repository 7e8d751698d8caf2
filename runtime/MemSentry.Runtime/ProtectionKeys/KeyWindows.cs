using MemSentry.Allocation;
using MemSentry.Domains;
using MemSentry.Native.ProtectionKeys;
using MemSentry.Native.ProtectionKeys.Gates;

namespace MemSentry.ProtectionKeys;

/// <summary>
/// The method <c>mpk</c>: what a thread may do with a domain says its register PKRU, and other threads do not see the window. A gate opens and closes by stubs alone;
/// only a window inside another one, of another domain or with more rights, has a record in <see cref="WindowRecords"/>, which says what the outer one had open. All
/// changes go through stubs of fixed rights, so that no value from memory ever becomes the register's.
/// </summary>
internal static unsafe class KeyWindows
{
    /// <summary>Opens the records of windows to this thread, where they have a key.</summary>
    public static void OpenRecords() => GateCalls.Set(GateLayout.RuntimePage, KeyRights.ReadWrite);

    /// <summary>Closes them.</summary>
    public static void CloseRecords() => GateCalls.Set(GateLayout.RuntimePage, KeyRights.None);

    /// <summary>Whether this thread has a domain open with such rights.</summary>
    public static bool Grants(Domain* domain, WindowRights rights) => GateCalls.May(GateLayout.PageOf(domain->Number), Of(rights));

    /// <summary>Gives this thread such rights.</summary>
    public static void Set(Domain* domain, WindowRights rights) => GateCalls.Set(GateLayout.PageOf(domain->Number), Of(rights));

    /// <summary>Takes this thread's rights to all domains.</summary>
    public static void CloseAll(ArenaHeader* arena)
    {
        if (arena->RuntimeKey != 0)
        {
            GateCalls.CloseAll();
        }
    }

    /// <summary>What is open to this thread, as a record keeps it.</summary>
    public static uint Register(ArenaHeader* arena) => arena->RuntimeKey == 0 ? KeyRegister.Initial : GateCalls.Register();

    /// <summary>
    /// Gives a domain the rights back that it had outside of a window that ends. Not if it is closed by now: then an exception passes, or the frame has suspended it.
    /// </summary>
    public static void GoBack(ArenaHeader* arena, WindowEntry* ended)
    {
        Domain* domain = DomainTable.At(arena, ended->Domain);
        if (domain->Method == DomainMethod.ProtectionKeys && Grants(domain, WindowRights.Read))
        {
            GateCalls.Set(GateLayout.PageOf(domain->Number), KeyRegister.Rights(ended->Outer, domain->Key));
        }
    }

    /// <summary>What a frame finds open when it opens its windows again: that of the newest window around it that is open now, and what was open around that.</summary>
    public static uint Outer(ArenaHeader* arena, WindowRecords* records, ThreadWindows* thread, nuint frame)
    {
        for (uint i = thread == null ? 0 : thread->First; i != 0; i = WindowRecords.Entry(records, i)->Next)
        {
            WindowEntry* entry = WindowRecords.Entry(records, i);
            if (entry->Frame > frame && entry->SuspendedBy == 0)
            {
                Domain* domain = DomainTable.At(arena, entry->Domain);
                return domain->Method == DomainMethod.ProtectionKeys ? KeyRegister.With(entry->Outer, domain->Key, Of((WindowRights)entry->Rights)) : entry->Outer;
            }
        }

        return KeyRegister.Initial;
    }

    /// <summary>Opens the domains that a record says were open.</summary>
    public static void Reopen(ArenaHeader* arena, uint register)
    {
        for (int i = 0; i < arena->DomainCount; i++)
        {
            Domain* domain = DomainTable.At(arena, i);
            if (domain->Method == DomainMethod.ProtectionKeys && KeyRegister.Rights(register, domain->Key) is var rights and not KeyRights.None)
            {
                GateCalls.Set(GateLayout.PageOf(domain->Number), rights);
            }
        }
    }

    private static KeyRights Of(WindowRights rights) => rights switch
    {
        WindowRights.None => KeyRights.None,
        WindowRights.Read => KeyRights.Read,
        _ => KeyRights.ReadWrite,
    };
}
