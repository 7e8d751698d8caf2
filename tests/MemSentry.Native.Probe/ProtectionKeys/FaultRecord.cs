using System.Runtime.InteropServices;

namespace MemSentry.Native.Probe.ProtectionKeys;

/// <summary>What a signal said, written by machine code.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct FaultRecord
{
    /// <summary>SEGV_PKUERR (sigaction(2)).</summary>
    public const int KeyError = 4;

    public const int Segmentation = 11;
    public const int IllegalInstruction = 4;

    /// <summary>Offset of what a call left in nine registers, 8 bytes each.</summary>
    public const int Registers = 32;

    /// <summary>si_code.</summary>
    [FieldOffset(0)]
    public int Code;

    /// <summary>si_pkey: the key that stopped the access.</summary>
    [FieldOffset(4)]
    public int Key;

    /// <summary>si_addr.</summary>
    [FieldOffset(8)]
    public ulong Address;

    /// <summary>The signal's number; 0 if there was none.</summary>
    [FieldOffset(16)]
    public int Signal;
}
