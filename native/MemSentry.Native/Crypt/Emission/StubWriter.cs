using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Native.Crypt.Emission;

/// <summary>An assembler that also knows how to get 16 bytes into a vector register without reading memory: as immediate operands.</summary>
/// <remarks>The pages of the code may be closed to reads, so constants come this way as well as secrets. rax is lost each time.</remarks>
internal sealed class StubWriter
{
    private readonly List<(int Instruction, int Block, bool IsHigh)> _secrets = [];

    /// <summary>The assembler.</summary>
    public Assembler Code { get; } = new(64);

    /// <summary>Loads a block of <see cref="SecretLayout"/>. The code has zeros in its place.</summary>
    public void LoadSecret(AssemblerRegisterXMM to, int block)
    {
        LoadSecretHalf(block, isHigh: false);
        Code.vmovq(to, rax);
        LoadSecretHalf(block, isHigh: true);
        Code.vpinsrq(to, to, rax, 1);
    }

    /// <summary>Loads what everybody may know.</summary>
    public void LoadConstant(AssemblerRegisterXMM to, ulong low, ulong high)
    {
        Code.mov(rax, low);
        Code.vmovq(to, rax);
        if (high != 0)
        {
            Code.mov(rax, high);
            Code.vpinsrq(to, to, rax, 1);
        }
    }

    /// <summary>The bytes. They do not depend on the address.</summary>
    public StubCode Assemble(params IReadOnlyList<Label> entries)
    {
        using var bytes = new MemoryStream();
        AssemblerResult result = Code.Assemble(
            new StreamCodeWriter(bytes), 0, BlockEncoderOptions.ReturnNewInstructionOffsets | BlockEncoderOptions.ReturnConstantOffsets);
        BlockEncoderResult block = result.Result[0];
        return new StubCode(
            bytes.ToArray(),
            [.. entries.Select(entry => (int)result.GetLabelRIP(entry))],
            [
                .. _secrets.Select(secret => new SecretPosition(
                    (int)block.NewInstructionOffsets[secret.Instruction] + (int)block.ConstantOffsets[secret.Instruction].ImmediateOffset,
                    secret.Block,
                    secret.IsHigh)),
            ]);
    }

    private void LoadSecretHalf(int block, bool isHigh)
    {
        _secrets.Add((Code.Instructions.Count, block, isHigh));
        Code.AddInstruction(Instruction.Create(Iced.Intel.Code.Mov_r64_imm64, Register.RAX, 0UL));
    }
}
