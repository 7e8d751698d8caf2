using Iced.Intel;
using MemSentry.Native.Crypt.Emission;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Native.Crypt;

/// <summary>
/// Writes the transform of the stubs alone, as functions <c>encrypt</c> and <c>decrypt</c> of the address of a first counter block, to compare it with published vectors
/// and to measure what the rest of a window costs.
/// </summary>
internal static class PassAssembler
{
    /// <summary>The code; its entries are encrypt and decrypt. With a hash, they store it behind the counter block.</summary>
    public static StubCode Assemble(CipherForm form, ulong address, int length, bool hashes)
    {
        var writer = new StubWriter();
        return writer.Assemble(
            [.. ((bool[])[true, false]).Select(encrypts => Pass(writer, new TransformEmitter(writer, form, encrypts, hashes), address, length, hashes))]);
    }

    private static Label Pass(StubWriter writer, TransformEmitter transform, ulong address, int length, bool hashes)
    {
        Assembler code = writer.Code;
        Label start = code.CreateLabel();
        code.Label(ref start);
        code.endbr64();
        code.mov(rsi, rdi);
        code.vmovdqu(xmm0, __[rsi]);
        transform.Emit(address, length);
        if (hashes)
        {
            code.vmovdqu(__[rsi + 16], VectorRegisters.Xmm(VectorRegisters.State));
        }

        Outcome.Return(code);
        return start;
    }
}
