using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemSentry.Allocation;

/// <summary>One region, as the arena knows it: 128 bytes, two cache lines, the first of which is all that a pointer request reads.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RegionDescriptor
{
    public const int NameCapacity = 64;

    /// <summary>
    /// What a handle must show; zero while no region is live here. The upper half counts the regions that this descriptor has stood
    /// for, so that an old handle never fits again; the lower half is random, so that a new one cannot be guessed.
    /// </summary>
    public ulong Ticket;

    /// <summary>The first byte of the region, from the arena's start.</summary>
    public ulong Offset;

    /// <summary>Bytes that were asked for.</summary>
    public ulong Length;

    /// <summary>The first byte of what the region owns - its slot or its pages - from the arena's start.</summary>
    public ulong ExtentOffset;

    /// <summary>Bytes of what the region owns, the guard page not counted.</summary>
    public ulong ExtentLength;

    /// <summary>The upper half of the last ticket.</summary>
    public uint Generation;

    /// <summary>The page run that the region owns; zero for a slot.</summary>
    public uint PageRun;

    /// <summary>The next descriptor in the list that this one is in (unused, free slots, quarantine); zero ends it.</summary>
    public uint Next;

    public RegionState State;
    public byte SizeClass;
    public RegionTraits Traits;
    public byte NameLength;

    /// <summary>Index of the domain that it belongs to; what it owns never changes domains.</summary>
    public byte Domain;

    private fixed byte _padding[7];
    private fixed byte _name[NameCapacity];

    [UnscopedRef]
    public Span<byte> NameBytes => MemoryMarshal.CreateSpan(ref Unsafe.AsRef(in _name[0]), NameCapacity);
}
