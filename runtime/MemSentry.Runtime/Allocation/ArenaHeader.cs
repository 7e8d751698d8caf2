using System.Runtime.InteropServices;

namespace MemSentry.Allocation;

/// <summary>
/// The first bytes of the arena: everything that the allocator knows. It lies inside the arena because woven code cannot reach it there;
/// the runtime keeps nothing elsewhere that could lead trusted code to a wrong address. All fields but the first three are guarded by
/// <see cref="ArenaLock"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ArenaHeader
{
    /// <summary>"MemSntry" in memory order.</summary>
    public const ulong ExpectedMagic = 0x7972_746e_536d_654d;

    /// <summary>Changes whenever a structure in the arena changes shape: two runtime copies that share an arena must agree.</summary>
    public const int ExpectedShape = 6;

    /// <summary>Written last, so that it vouches for the rest.</summary>
    public ulong Magic;

    /// <summary><see cref="AddressSpaceLayout.Version"/> of the copy that reserved the arena.</summary>
    public int LayoutVersion;

    /// <summary><see cref="ExpectedShape"/> of that copy.</summary>
    public int Shape;

    /// <summary>The number that .NET gives the thread, of any copy, that changes the records; zero for none. See <see cref="ArenaLock"/>.</summary>
    public int IsChanging;

    /// <summary>How the pages of regions are protected beyond the checks of woven code; a <see cref="Domains.DomainMethod"/>.</summary>
    public Domains.DomainMethod Method;

    /// <summary>1 if the pages come from mmap and can change rights.</summary>
    public int PagesAreMapped;

    /// <summary>The refusal (<see cref="RuntimeCode"/>) that the fallback <c>unprotected</c> has overridden; zero for none.</summary>
    public int OverriddenRefusal;

    /// <summary>The errno of mseal on the guards; zero if they are sealed, -1 if it was not tried.</summary>
    public int SealError;

    public ArenaGeometry Geometry;

    /// <summary>State of the generator of tickets; starts from the kernel's random numbers.</summary>
    public ulong RandomState;

    /// <summary>Mixed into every canary.</summary>
    public ulong CanarySecret;

    // Region descriptors: [1, DescriptorCount) are in use, one way or another; index 0 means "none".
    public uint DescriptorCount;
    public ulong DescriptorBytesCommitted;
    public uint FirstUnusedDescriptor;

    /// <summary>Domains in use; see <see cref="Domains.DomainTable"/>. The first is the default one.</summary>
    public int DomainCount;

    /// <summary>The key of what the runtime itself closes, its records of windows and its gate pages; zero if the process has no keys. See <see cref="ProtectionKeys.DomainKeys"/>.</summary>
    public int RuntimeKey;

    /// <summary>1 if the records of windows have that key instead of changing rights.</summary>
    public int RecordsAreKeyed;

    /// <summary>The errno of the refusal of secret memory; zero if regions with keys lie in it, or there are none.</summary>
    public int SecretError;

    // Ciphers of regions, by the index of the descriptor; see Crypt.RegionCiphers.
    public ulong CipherBytesCommitted;

    // Page runs, likewise.
    public uint RunCount;
    public ulong RunBytesCommitted;
    public uint FirstUnusedRun;
    public uint FirstFreeRun;

    // Quarantine: a queue of descriptors.
    public uint QuarantineFirst;
    public uint QuarantineLast;
    public uint QuarantineCount;
    public ulong QuarantineBytes;

    /// <summary>Live regions that cost mappings of their own; see <see cref="MappingBudget"/>.</summary>
    public uint SplitCount;

    // For the status.
    public uint LiveCount;
    public ulong LiveBytes;
    public uint AbandonedCount;
    public ulong CommittedBytes;
    public ulong LockedBytes;
    public ulong UnlockedBytes;
    public int LockError;

    /// <summary>Woven modules that have started; the first of them are listed, see <see cref="Startup.WovenModuleList"/>.</summary>
    public int WovenModuleCount;

    /// <summary>How many fault handlers the copies of the runtime have installed, one before the other; see <see cref="Faults.FaultHandler"/>.</summary>
    public int FaultHandlerCount;

    /// <summary>The handler that was there before the first of them.</summary>
    public ulong HandlerBeforeOurs;

    /// <summary>Where they start, the first one first.</summary>
    public fixed ulong FaultHandlers[Faults.FaultHandler.Capacity];

    /// <summary>Whether this copy of the runtime understands the arena.</summary>
    public readonly bool IsOurs => Magic == ExpectedMagic && LayoutVersion == AddressSpaceLayout.Version && Shape == ExpectedShape;

    public static RegionDescriptor* Descriptor(ArenaHeader* arena, uint index) =>
        (RegionDescriptor*)((byte*)arena + arena->Geometry.RegionTable) + index;

    public static PageRun* Run(ArenaHeader* arena, uint index) => (PageRun*)((byte*)arena + arena->Geometry.RunTable) + index;
}
