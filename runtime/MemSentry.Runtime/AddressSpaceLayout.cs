namespace MemSentry;

/// <summary>
/// Where safe regions live: constants in the code of runtime and woven assemblies alike, because whatever is read from ordinary
/// memory can be rewritten by the attacker. x86-64 Linux with 47-bit user addresses.
/// </summary>
/// <remarks>
/// <code>
/// 0x1000_0000_0000  block (4 TiB, index 4 of 2^42): guard, never mapped with rights
/// 0x1200_0000_0000    arena (64 GiB): all safe regions and the allocator's own records
/// 0x1400_0000_0000  end of block: the guards on both sides are 1.9 TiB wide
/// 0x4000_0000_0000  null range (64 KiB): where a masked null pointer leads, reserved without rights while code masks
/// 0x5000_0000_0000  alias: the block with address bit 46 set, reserved without rights
/// </code>
/// </remarks>
public static class AddressSpaceLayout
{
    /// <summary>Number of this layout; stamped into every woven assembly and compared when it starts.</summary>
    public const int Version = 1;

    /// <summary>The block is as large as, and aligned to, 2 to this power.</summary>
    public const int BlockShift = 42;

    /// <summary>An address lies in the block exactly if its bits from <see cref="BlockShift"/> up equal this number.</summary>
    public const int BlockIndex = 4;

    /// <summary>First byte of the block.</summary>
    public const ulong BlockStart = (ulong)BlockIndex << BlockShift;

    /// <summary>Bytes of the block.</summary>
    public const ulong BlockLength = 1UL << BlockShift;

    /// <summary>First byte of the arena, the middle of the block.</summary>
    public const ulong ArenaStart = BlockStart + BlockLength / 2;

    /// <summary>Bytes of the arena.</summary>
    public const ulong ArenaLength = 64UL << 30;

    /// <summary>First byte of the alias: where a masked (method <c>sfi</c>) address of the block leads.</summary>
    public const ulong AliasStart = BlockStart | 1UL << MaskBit;

    /// <summary>The address bit that the method <c>sfi</c> sets: all memory of an ordinary process has it, the block has not.</summary>
    public const int MaskBit = 46;

    /// <summary>Where a masked null pointer leads; reserved without rights.</summary>
    public const ulong NullRangeStart = 1UL << MaskBit;

    /// <summary>Bytes of the null range: as many as the kernel keeps free at address 0 (vm.mmap_min_addr).</summary>
    public const ulong NullRangeLength = 1UL << NullRangeShift;

    /// <summary><see cref="NullRangeLength"/> as a power of two.</summary>
    public const int NullRangeShift = 16;
}
