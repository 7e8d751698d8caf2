using System.Text;
using MemSentry.Allocation;
using MemSentry.ProtectionKeys;

namespace MemSentry.Domains;

/// <summary>The domains of this process, in the arena's header. The caller holds the lock of the records.</summary>
internal static unsafe class DomainTable
{
    /// <summary>Domains that a process can have, the default one included: as many as a processor has protection keys to give away.</summary>
    public const int Capacity = 15;

    /// <summary>The domain of everything that names none.</summary>
    public const string DefaultName = "default";

    private const ulong Start = 16 * 1024;

    public static Domain* At(ArenaHeader* arena, int index) => (Domain*)((byte*)arena + Start) + index;

    public static void Initialize(ArenaHeader* arena) => FindOrAdd(arena, DefaultName, method: null, out _);

    /// <summary>
    /// The number that stands for a name in woven code, where it is a constant that nobody can rewrite (FNV-1a over UTF-16). Two names with
    /// the same number are refused when the second one comes.
    /// </summary>
    public static int NumberOf(string name)
    {
        uint hash = 2166136261;
        foreach (char c in name)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)hash;
    }

    /// <summary>The index of a number; -1 if no region of such a domain was ever allocated.</summary>
    public static int Find(ArenaHeader* arena, int number)
    {
        for (int i = 0; i < Volatile.Read(ref arena->DomainCount); i++)
        {
            if (At(arena, i)->Number == number)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The index of a name, which gets a domain if it has none.</summary>
    /// <param name="arena">The arena.</param>
    /// <param name="name">The name.</param>
    /// <param name="method">The method of a new domain; <see langword="null"/> for that of the arena.</param>
    /// <param name="index">The index; -1 if it is refused.</param>
    /// <returns>Why not: there are as many as there can be, or the name cannot be told from another. To be thrown when the lock is free.</returns>
    /// <exception cref="SafeRegionException">No key is left.</exception>
    public static SafeRegionException? FindOrAdd(ArenaHeader* arena, string name, DomainMethod? method, out int index)
    {
        if (FindOrReserve(arena, NumberOf(name), method, name, out index) is { } refusal)
        {
            return refusal;
        }

        if (At(arena, index)->NameLength == 0)
        {
            Encoding.UTF8.GetEncoder().Convert(name, At(arena, index)->NameBytes, flush: false, out _, out int bytes, out _);
            At(arena, index)->NameLength = (uint)bytes;
        }

        return NameOf(arena, index) == Cut(name)
            ? null
            : new SafeRegionException(
                RuntimeCode.TooManyDomains, $"The domain '{name}' cannot be told from the domain '{NameOf(arena, index)}'; call one of them otherwise.");
    }

    public static string NameOf(ArenaHeader* arena, int index) => NameOf(At(arena, index));

    public static string NameOf(Domain* domain) => Encoding.UTF8.GetString(domain->NameBytes[..(int)domain->NameLength]);

    /// <summary>The index of a number, which gets a domain without a name if it has none.</summary>
    /// <param name="arena">The arena.</param>
    /// <param name="number">The number.</param>
    /// <param name="method">The method of a new domain; <see langword="null"/> for that of the arena.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="index">The index; -1 if it is refused.</param>
    /// <returns>Why not: there are as many as there can be. To be thrown when the lock is free.</returns>
    /// <exception cref="SafeRegionException">No key is left.</exception>
    public static SafeRegionException? FindOrReserve(ArenaHeader* arena, int number, DomainMethod? method, string? name, out int index)
    {
        index = Find(arena, number);
        if (index >= 0)
        {
            return null;
        }

        if (arena->DomainCount == Capacity)
        {
            return new SafeRegionException(
                RuntimeCode.TooManyDomains, $"A process can have {Capacity} domains of safe regions, the default one included, and this would be one more; put regions that are used together into one.");
        }

        index = arena->DomainCount;
        Domain* domain = At(arena, index);
        domain->Number = number;
        domain->Method = method ?? arena->Method;
        if (domain->Method == DomainMethod.ProtectionKeys)
        {
            DomainKeys.Give(arena, index, name ?? $"number {number}");
        }

        Volatile.Write(ref arena->DomainCount, index + 1);
        return null;
    }

    /// <summary>Whether every domain is one of the method <c>mpk</c>, of which the register alone says what is open.</summary>
    public static bool AllHaveKeys(ArenaHeader* arena)
    {
        for (int i = 0; i < Volatile.Read(ref arena->DomainCount); i++)
        {
            if (At(arena, i)->Method != DomainMethod.ProtectionKeys)
            {
                return false;
            }
        }

        return true;
    }

    private static string Cut(string name)
    {
        Span<byte> bytes = stackalloc byte[Domain.NameCapacity];
        Encoding.UTF8.GetEncoder().Convert(name, bytes, flush: false, out _, out int length, out _);
        return Encoding.UTF8.GetString(bytes[..length]);
    }
}
