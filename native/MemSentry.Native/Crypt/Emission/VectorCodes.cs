using Iced.Intel;

namespace MemSentry.Native.Crypt.Emission;

/// <summary>The instructions of a form, for the same operations on one or two blocks. Intel SDM volume 2.</summary>
internal sealed record VectorCodes
{
    public static VectorCodes Single { get; } = new()
    {
        Blocks = 1,
        FirstRegister = Register.XMM0,
        Xor = Code.VEX_Vpxor_xmm_xmm_xmmm128,
        Load = Code.VEX_Vmovdqu_xmm_xmmm128,
        Store = Code.VEX_Vmovdqu_xmmm128_xmm,
        Shuffle = Code.VEX_Vpshufb_xmm_xmm_xmmm128,
        Add = Code.VEX_Vpaddd_xmm_xmm_xmmm128,
        Round = Code.VEX_Vaesenc_xmm_xmm_xmmm128,
        LastRound = Code.VEX_Vaesenclast_xmm_xmm_xmmm128,
        Multiply = Code.VEX_Vpclmulqdq_xmm_xmm_xmmm128_imm8,
    };

    public static VectorCodes Double { get; } = new()
    {
        Blocks = 2,
        FirstRegister = Register.YMM0,
        Xor = Code.VEX_Vpxor_ymm_ymm_ymmm256,
        Load = Code.VEX_Vmovdqu_ymm_ymmm256,
        Store = Code.VEX_Vmovdqu_ymmm256_ymm,
        Shuffle = Code.VEX_Vpshufb_ymm_ymm_ymmm256,
        Add = Code.VEX_Vpaddd_ymm_ymm_ymmm256,
        Round = Code.VEX_Vaesenc_ymm_ymm_ymmm256,
        LastRound = Code.VEX_Vaesenclast_ymm_ymm_ymmm256,
        Multiply = Code.VEX_Vpclmulqdq_ymm_ymm_ymmm256_imm8,
    };

    public required int Blocks { get; init; }

    public required Register FirstRegister { get; init; }

    public required Code Xor { get; init; }

    public required Code Load { get; init; }

    public required Code Store { get; init; }

    public required Code Shuffle { get; init; }

    public required Code Add { get; init; }

    public required Code Round { get; init; }

    public required Code LastRound { get; init; }

    public required Code Multiply { get; init; }
}
