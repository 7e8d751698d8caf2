namespace MemSentry.Native.Images;

/// <summary>
/// Where a library in memory says what (System V ABI, chapters 4 and 5; its supplement for x86-64, 4.4). All files of x86-64 Linux have this form.
/// <code>
/// file header, 64 bytes          program header, 56 bytes       entry of PT_DYNAMIC, 16 bytes
///    0  7f 'E' 'L' 'F', 64-bit      0  type                        0  tag
///   18  machine                    16  address                     8  number or address
///   32  offset of the program      40  length in memory
///       headers                  relocation, 24 bytes           symbol, 24 bytes
///   54  length of one               0  address                     0  offset of its name
///   56  number of them              8  type, symbol
///                                  16  addend
/// </code>
/// </summary>
internal static class ElfLayout
{
    /// <summary>The first four bytes, as a little-endian number.</summary>
    public const uint Magic = 0x464c457f;

    /// <summary>EM_X86_64.</summary>
    public const ushort Machine = 62;

    public const int MachineOffset = 18;
    public const int ProgramHeadersOffset = 32;
    public const int ProgramHeaderLengthOffset = 54;
    public const int ProgramHeaderCountOffset = 56;

    public const uint Load = 1;
    public const uint Dynamic = 2;
    public const int SegmentAddress = 16;
    public const int SegmentLength = 40;

    public const int DynamicEntryLength = 16;
    public const ulong ProcedureLinkageLength = 2;
    public const ulong Strings = 5;
    public const ulong Symbols = 6;
    public const ulong Relocations = 7;
    public const ulong RelocationsLength = 8;
    public const ulong ProcedureLinkage = 23;

    public const int RelocationLength = 24;
    public const int SymbolLength = 24;

    /// <summary>R_X86_64_64: an address in data.</summary>
    public const uint Address = 1;

    /// <summary>R_X86_64_GLOB_DAT: an address that code loads.</summary>
    public const uint GlobalData = 6;

    /// <summary>R_X86_64_JUMP_SLOT: an address that a call goes through.</summary>
    public const uint JumpSlot = 7;
}
