using MemSentry.Allocation;
using MemSentry.Domains;
using MemSentry.Native;
using MemSentry.Native.ProtectionKeys.Gates;

namespace MemSentry.Startup;

/// <summary>Reserves block and alias where the layout wants them, and prepares the arena in the middle.</summary>
internal static unsafe class BlockReservation
{
    private const ulong BlockStart = AddressSpaceLayout.BlockStart;
    private const ulong BlockEnd = AddressSpaceLayout.BlockStart + AddressSpaceLayout.BlockLength;
    private const ulong ArenaStart = AddressSpaceLayout.ArenaStart;

    /// <summary>Behind the pages that gates may get, which lie directly behind the arena and are replaced when there are more.</summary>
    private const ulong GatesEnd = GateLayout.Start + GateLayout.Length;

    private const ulong AliasStart = AddressSpaceLayout.AliasStart;
    private const ulong BlockLength = AddressSpaceLayout.BlockLength;

    /// <summary>Reserves everything, or adopts what another copy of this runtime has reserved. Nothing stays behind a refusal.</summary>
    /// <remarks>The caller holds the lock that all copies share.</remarks>
    public static Refusal? ReserveOrAdopt(MachineFacts facts, DomainMethod method = DomainMethod.None)
    {
        SystemCallFailure? failure = AddressSpace.Reserve(BlockStart, BlockLength);
        if (failure is { Error: Errno.EEXIST })
        {
            return BlockAdoption.Verify(MemoryMap.ReadSelf());
        }

        if (failure is not null)
        {
            return Explain(failure, facts);
        }

        failure = AddressSpace.Reserve(AliasStart, BlockLength);
        if (failure is not null)
        {
            AddressSpace.Release(BlockStart, BlockLength);
            return failure.Error == Errno.EEXIST ? BlockAdoption.Taken(MemoryMap.ReadSelf(), AliasStart) : Explain(failure, facts);
        }

        try
        {
            failure = Prepare(method);
        }
        catch (Exception refusal) when (refusal is SafeRegionException or PlatformNotSupportedException)
        {
            ReleaseAll();
            throw;
        }

        if (failure is not null)
        {
            ReleaseAll();
            return Explain(failure, facts);
        }

        return null;
    }

    /// <summary>What a refused reservation means to the user.</summary>
    internal static Refusal Explain(SystemCallFailure failure, MachineFacts facts) => new(
        RuntimeCode.ReservationRefused,
        $"The kernel refused to reserve the address range of the safe regions: {failure} on {facts.OperatingSystem}; {failure.Remedy}");

    private static SystemCallFailure? Prepare(DomainMethod method)
    {
        // Advice before seals: a seal refuses some advice. On the whole block, since pages keep it when they get rights. DontFork rather
        // than WipeOnFork: a child that runs on without exec must not even find an empty arena that it could take for its own.
        SystemCallFailure? failure = AddressSpace.Advise(BlockStart, BlockLength, MemoryAdvice.DontDump)
            ?? AddressSpace.Advise(BlockStart, BlockLength, MemoryAdvice.DontFork)
            ?? ArenaSetup.Initialize(ArenaStart, AddressSpaceLayout.ArenaLength, pagesAreMapped: true, sealError: -1, method);
        if (failure is null)
        {
            SealGuards((ArenaHeader*)ArenaStart);
        }

        return failure;
    }

    /// <summary>After everything that can fail, because what is sealed cannot be released. A refusal is shown by the status.</summary>
    private static void SealGuards(ArenaHeader* arena)
    {
        SystemCallFailure? refused = AddressSpace.Seal(BlockStart, ArenaStart - BlockStart)
            ?? AddressSpace.Seal(GatesEnd, BlockEnd - GatesEnd)
            ?? AddressSpace.Seal(AliasStart, BlockLength)
            ?? SealRecords(arena);
        using ArenaLock held = ArenaLock.EnterToChange(arena);
        arena->SealError = (int)(refused?.Error ?? Errno.None);
    }

    /// <summary>Under a domain-based method the rights of the records change with every allocation.</summary>
    private static SystemCallFailure? SealRecords(ArenaHeader* arena) => arena->Method != DomainMethod.None
        ? null
        : AddressSpace.Seal(ArenaStart, ArenaGeometry.HeaderLength)
            ?? AddressSpace.Seal(ArenaStart + arena->Geometry.RunTable, arena->RunBytesCommitted);

    private static void ReleaseAll()
    {
        AddressSpace.Release(BlockStart, BlockLength);
        AddressSpace.Release(AliasStart, BlockLength);
    }
}
