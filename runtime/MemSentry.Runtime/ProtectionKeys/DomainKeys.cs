using MemSentry.Allocation;
using MemSentry.Domains;
using MemSentry.Native;
using MemSentry.Native.ProtectionKeys;
using MemSentry.Native.ProtectionKeys.Gates;

namespace MemSentry.ProtectionKeys;

/// <summary>
/// Gives keys to domains, and stubs to their gates. One key more is the runtime's own: it closes the records of windows, and makes the pages of stubs execute-only, since
/// fetching instructions is no access to data. The caller holds the lock of the records.
/// </summary>
internal static unsafe class DomainKeys
{
    /// <summary>Gives a domain its key, the first time with all that belongs to the runtime. Every page of stubs is replaced, because it knows all keys.</summary>
    /// <param name="arena">The arena.</param>
    /// <param name="index">Index of the domain.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="SafeRegionException">No key is left, or the kernel refuses something; the domain has none then.</exception>
    /// <exception cref="PlatformNotSupportedException">Iced, which assembles the stubs, was not delivered.</exception>
    public static void Give(ArenaHeader* arena, int index, string name)
    {
        Domain* domain = DomainTable.At(arena, index);
        RefuseSharedPage(arena, index);
        int key = 0;
        try
        {
            if (arena->RuntimeKey == 0)
            {
                StartRuntime(arena);
            }

            KeyRefusals.ThrowIfRefused(KeyCalls.Allocate(out key), name);
            domain->Key = key;
            StartThreadsClosed(key, arena->RuntimeKey);
            WritePages(arena, index);
        }
        catch (Exception refusal) when (refusal is SafeRegionException or PlatformNotSupportedException or FileNotFoundException)
        {
            domain->Key = 0;
            if (key > 0)
            {
                KeyCalls.Free(key);
            }

            throw refusal is FileNotFoundException missing ? KeyRefusals.Create(missing).ToException() : refusal;
        }
    }

    /// <summary>Gives the gates of a domain answers that need no key: that each window is kept record of, or that nothing is protected.</summary>
    /// <exception cref="SafeRegionException">The kernel refuses something, or the place is taken.</exception>
    public static void Answer(ArenaHeader* arena, int index)
    {
        Domain* domain = DomainTable.At(arena, index);
        RefuseSharedPage(arena, index);
        ulong page = GateLayout.PageOf(domain->Number);
        try
        {
            // In the block, the place is reserved.
            Check(Arena.IsInBlock || AddressSpace.IsMapped(page) ? null : AddressSpace.Reserve(page, GateLayout.PageLength), domain);
            Check(GatePages.Put(page, domain->Method == DomainMethod.None ? FixedAnswers.Granted : FixedAnswers.Recorded, key: 0), domain);
        }
        catch (FileNotFoundException missing)
        {
            throw KeyRefusals.Create(missing).ToException();
        }
    }

    private static void StartRuntime(ArenaHeader* arena)
    {
        KeyRefusals.ThrowIfRefused(KeyCalls.Allocate(out int key), "runtime");
        StartThreadsClosed(key, key);
        arena->RuntimeKey = key;
        if (arena->Method == DomainMethod.ProtectionKeys)
        {
            ulong start = (ulong)arena + arena->Geometry.Windows;
            KeyRefusals.ThrowIfRefused(KeyCalls.Protect(start, WindowRecords.TotalLength, MemoryProtection.ReadWrite, key), "runtime");
            if (!KeyMap.ReadSelf().Confirms(start, start + WindowRecords.TotalLength, key))
            {
                throw KeyRefusals.NotConfirmed("runtime", key);
            }

            arena->RecordsAreKeyed = 1;
        }
    }

    /// <summary>A thread inherits the register of the one that starts it, and .NET starts threads whenever it likes.</summary>
    private static void StartThreadsClosed(int key, int runtimeKey)
    {
        if (ThreadStartRefusals.Install([key], runtimeKey) is { } refusal)
        {
            throw refusal.ToException();
        }
    }

    private static void WritePages(ArenaHeader* arena, int newest)
    {
        List<int> ours = [arena->RuntimeKey];
        for (int i = 0; i <= newest; i++)
        {
            if (DomainTable.At(arena, i)->Method == DomainMethod.ProtectionKeys)
            {
                ours.Add(DomainTable.At(arena, i)->Key);
            }
        }

        Check(GatePages.Put(GateLayout.RuntimePage, GateAssembler.Assemble(new GatePlan(arena->RuntimeKey, ours)), arena->RuntimeKey), DomainTable.At(arena, newest));
        for (int i = 0; i <= newest; i++)
        {
            Domain* domain = DomainTable.At(arena, i);
            if (domain->Method == DomainMethod.ProtectionKeys)
            {
                Check(GatePages.Put(GateLayout.PageOf(domain->Number), GateAssembler.Assemble(new GatePlan(domain->Key, ours)), arena->RuntimeKey), domain);
            }
        }
    }

    /// <summary>Numbers of which the page is the same cannot both have gates.</summary>
    private static void RefuseSharedPage(ArenaHeader* arena, int index)
    {
        ulong page = GateLayout.PageOf(DomainTable.At(arena, index)->Number);
        for (int i = 0; i < index; i++)
        {
            if (GateLayout.PageOf(DomainTable.At(arena, i)->Number) == page)
            {
                throw new SafeRegionException(
                    RuntimeCode.TooManyDomains, $"A domain cannot be told from the domain '{DomainTable.NameOf(arena, i)}' by its gates; call one of them otherwise.");
            }
        }
    }

    private static void Check(SystemCallFailure? failure, Domain* domain) => KeyRefusals.ThrowIfRefused(failure, DomainTable.NameOf(domain));
}
