using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Native.Crypt.Emission;

/// <summary>What the vector registers are for while a region is transformed. All have to be clear at the end.</summary>
internal static class VectorRegisters
{
    /// <summary>Vectors that are encrypted at the same time, in the registers from 0: as many as keep the units for AES busy.</summary>
    public const int Streams = 8;

    /// <summary>The next counter block, its bytes reversed, so that it can be added to.</summary>
    public const int Counter = 8;

    /// <summary>A round key, a power of the hash key or a constant, for a few instructions.</summary>
    public const int Key = 9;

    /// <summary>Sum of the products of lower halves.</summary>
    public const int Low = 10;

    /// <summary>Sum of the products of upper halves.</summary>
    public const int High = 11;

    /// <summary>Sum of the mixed products.</summary>
    public const int Middle = 12;

    /// <summary>The hash so far.</summary>
    public const int State = 13;

    /// <summary>What was read from the region.</summary>
    public const int Data = 14;

    /// <summary>For a few instructions.</summary>
    public const int Spare = 15;

    private static readonly AssemblerRegisterXMM[] Xmms =
        [xmm0, xmm1, xmm2, xmm3, xmm4, xmm5, xmm6, xmm7, xmm8, xmm9, xmm10, xmm11, xmm12, xmm13, xmm14, xmm15];

    private static readonly AssemblerRegisterYMM[] Ymms =
        [ymm0, ymm1, ymm2, ymm3, ymm4, ymm5, ymm6, ymm7, ymm8, ymm9, ymm10, ymm11, ymm12, ymm13, ymm14, ymm15];

    /// <summary>The lower 128 bits of a register. Instructions on them clear the upper ones.</summary>
    public static AssemblerRegisterXMM Xmm(int register) => Xmms[register];

    /// <summary>All 256 bits of a register.</summary>
    public static AssemblerRegisterYMM Ymm(int register) => Ymms[register];
}
