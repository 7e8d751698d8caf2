using MemSentry.Allocation;
using MemSentry.Native;
using MemSentry.Native.ProtectionKeys;

namespace MemSentry.ProtectionKeys;

/// <summary>Pages of regions that have a key: where the kernel has secret memory they lie in it, so that the kernel cannot read them for anybody either.</summary>
internal static unsafe class KeyedPages
{
    /// <summary>Opens fresh pages, which read as zero.</summary>
    /// <returns>Why the kernel could write them to swap or read them; <see langword="null"/> if they are secret.</returns>
    /// <exception cref="SafeRegionException">The kernel refuses, or does something else than it says. The pages are reserved as before then.</exception>
    public static SystemCallFailure? Open(ArenaHeader* arena, Domains.Domain* domain, ulong offset, ulong length)
    {
        ulong address = (ulong)arena + offset;
        SystemCallFailure? failure = KeyedMemory.Replace(domain->Key, address, length, out KeyedMemory? memory);
        bool isConfirmed = failure is null && memory!.IsConfirmed(KeyMap.ReadSelf(), domain->Key);
        if (isConfirmed)
        {
            arena->SecretError = memory!.WhyNotSecret is null ? arena->SecretError : (int)memory.WhyNotSecret.Error;
            return memory.WhyNotSecret;
        }

        Close(arena, offset, length);
        string name = Domains.DomainTable.NameOf(domain);
        throw failure is null ? KeyRefusals.NotConfirmed(name, domain->Key) : KeyRefusals.Create(failure, name);
    }

    /// <summary>Gives pages up, secret memory included, and reserves their place as it was.</summary>
    public static SystemCallFailure? Close(ArenaHeader* arena, ulong offset, ulong length) =>
        AddressSpace.ReserveAgain((ulong)arena + offset, length)
            ?? AddressSpace.Advise((ulong)arena + offset, length, MemoryAdvice.DontFork)
            ?? AddressSpace.Advise((ulong)arena + offset, length, MemoryAdvice.DontDump);
}
