using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemSentry.Allocation;

namespace MemSentry.Domains;

/// <summary>One set of regions that open and close together, as the arena knows it. Guarded like the other records.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Domain
{
    public const int NameCapacity = 64;

    /// <summary>The number by which woven code calls it; see <see cref="DomainTable.NumberOf"/>.</summary>
    public int Number;

    /// <summary>What protects its pages.</summary>
    public DomainMethod Method;

    /// <summary>The key of its pages, from 1 to 15, if its method is <see cref="DomainMethod.ProtectionKeys"/>.</summary>
    public int Key;

    /// <summary>Its first run of pages, by address; guarded by <see cref="ArenaLockWord.Windows"/>. Zero for none.</summary>
    public uint FirstRun;

    /// <summary>Bytes of its name.</summary>
    public uint NameLength;

    private fixed byte _name[NameCapacity];

    /// <summary>The run of pages in which the next slab starts; zero for none. See <see cref="SlabArea"/>.</summary>
    public uint SlabRun;

    // Small regions: slots of slabs, by size class.
    public fixed uint FirstFreeSlot[SizeClasses.Count];
    public fixed ulong SlabPosition[SizeClasses.Count];
    public fixed ulong SlabEnd[SizeClasses.Count];

    [UnscopedRef]
    public Span<byte> NameBytes => MemoryMarshal.CreateSpan(ref Unsafe.AsRef(in _name[0]), NameCapacity);
}
