using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;
using static MemSentry.Native.Crypt.Emission.VectorRegisters;

namespace MemSentry.Native.Crypt.Emission;

/// <summary>Emits operations on vectors of one or two blocks, lane by lane. Registers are given by number.</summary>
internal sealed class Lanes(StubWriter writer, VectorCodes codes)
{
    private const ulong ReverseLow = 0x08090a0b0c0d0e0f;
    private const ulong ReverseHigh = 0x0001020304050607;

    private Assembler Code => writer.Code;

    /// <summary>Blocks in a vector.</summary>
    public int Blocks => codes.Blocks;

    /// <summary>Bytes in a vector.</summary>
    public int Bytes => Blocks * 16;

    public void Xor(int to, int left, int right) => Emit(codes.Xor, to, left, right);

    public void Shuffle(int to, int from, int order) => Emit(codes.Shuffle, to, from, order);

    public void Add(int to, int left, int right) => Emit(codes.Add, to, left, right);

    public void Round(int state, int key) => Emit(codes.Round, state, state, key);

    public void LastRound(int state, int key) => Emit(codes.LastRound, state, state, key);

    /// <summary>A product of halves, without carries: bit 0 of <paramref name="halves"/> chooses the left one, bit 4 the right one.</summary>
    public void Multiply(int to, int left, int right, int halves) =>
        Code.AddInstruction(Instruction.Create(codes.Multiply, Register(to), Register(left), Register(right), halves));

    /// <summary>Loads from rdi and a displacement in bytes, aligned or not.</summary>
    public void Load(int to, int displacement) =>
        Code.AddInstruction(Instruction.Create(codes.Load, Register(to), At(displacement)));

    /// <summary>Stores to rdi and a displacement in bytes, aligned or not.</summary>
    public void Store(int displacement, int from) =>
        Code.AddInstruction(Instruction.Create(codes.Store, At(displacement), Register(from)));

    /// <summary>A secret in every lane.</summary>
    public void LoadSecret(int to, int block)
    {
        writer.LoadSecret(Xmm(to), block);
        Spread(to);
    }

    /// <summary>The power of the hash key for each block of a vector: the first block's, and one less for each that follows.</summary>
    public void LoadPowers(int to, int first, int spare)
    {
        writer.LoadSecret(Xmm(to), SecretLayout.Power(first));
        if (Blocks == 2)
        {
            writer.LoadSecret(Xmm(spare), SecretLayout.Power(first - 1));
            Code.vinserti128(Ymm(to), Ymm(to), Xmm(spare), 1);
        }
    }

    /// <summary>The order of bytes that turns a counter block round.</summary>
    public void LoadReversal(int to)
    {
        writer.LoadConstant(Xmm(to), ReverseLow, ReverseHigh);
        Spread(to);
    }

    /// <summary>What leads from the counters of one vector to those of the next.</summary>
    public void LoadStep(int to)
    {
        Code.mov(eax, Blocks);
        Code.vmovd(Xmm(to), eax);
        Spread(to);
    }

    /// <summary>From one counter to as many as a vector has, one after the other.</summary>
    public void CountUp(int counter, int spare)
    {
        if (Blocks == 2)
        {
            Code.mov(eax, 1);
            Code.vmovd(Xmm(spare), eax);
            Code.vpaddd(Xmm(spare), Xmm(counter), Xmm(spare));
            Code.vinserti128(Ymm(counter), Ymm(counter), Xmm(spare), 1);
        }
    }

    /// <summary>The sum of all lanes in the first.</summary>
    public void Fold(int register, int spare)
    {
        if (Blocks == 2)
        {
            Code.vextracti128(Xmm(spare), Ymm(register), 1);
            Code.vpxor(Xmm(register), Xmm(register), Xmm(spare));
        }
    }

    private void Spread(int register)
    {
        if (Blocks == 2)
        {
            Code.vinserti128(Ymm(register), Ymm(register), Xmm(register), 1);
        }
    }

    private void Emit(Code code, int to, int left, int right) =>
        Code.AddInstruction(Instruction.Create(code, Register(to), Register(left), Register(right)));

    private Register Register(int number) => codes.FirstRegister + number;

    private static MemoryOperand At(int displacement) => new(Iced.Intel.Register.RDI, displacement);
}
