using System.Buffers.Binary;
using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Corpus.Workloads;

/// <summary>
/// Iced: decodes, formats in all syntaxes, analyses and encodes again the machine code of the JIT and, in all three modes, fixed pseudo-random bytes;
/// assembles a routine and moves it.
/// </summary>
internal static class MachineCodeWorkload
{
    private const int BufferLength = 12 * 1024;

    /// <summary>Prints counts and digests.</summary>
    public static void Run(TextWriter output)
    {
        Decode(JitCode(), 64, "code of the JIT", output);
        byte[] noise = new byte[BufferLength];
        new Random(20171204).NextBytes(noise);
        foreach (int bitness in (int[])[16, 32, 64])
            Decode(noise, bitness, $"{bitness}-bit noise", output);
        Assemble(output);
    }

    // The first segment that is loaded executable: ELF-64, e_phoff at 32, e_phnum at 56; a program header has 56 bytes, with p_flags at 4, p_offset at 8.
    private static byte[] JitCode()
    {
        byte[] file = File.ReadAllBytes(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "libclrjit.so"));
        int header = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(32));
        while (BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(header)) != 1 || (file[header + 4] & 1) == 0)
            header += 56;
        int offset = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(header + 8));
        return file.AsSpan(offset + 0x10000, BufferLength * 4).ToArray();
    }

    private static void Decode(byte[] code, int bitness, string name, TextWriter output)
    {
        Formatter[] formatters = [new NasmFormatter(), new MasmFormatter(), new GasFormatter(), new IntelFormatter()];
        var fast = new FastFormatter();
        var text = new StringOutput();
        var fastText = new FastStringOutput();
        var reader = new ByteArrayCodeReader(code);
        var decoder = Iced.Intel.Decoder.Create(bitness, reader);
        var facts = new InstructionInfoFactory();
        using var digest = new Digest();
        int valid = 0;
        int encoded = 0;
        while (reader.CanReadByte)
        {
            decoder.Decode(out Instruction instruction);
            foreach (Formatter formatter in formatters)
            {
                formatter.Format(instruction, text);
                digest.Add(text.ToStringAndReset());
            }

            fast.Format(instruction, fastText);
            digest.Add(fastText.ToString());
            fastText.Clear();
            if (instruction.IsInvalid)
                continue;

            valid++;
            foreach (UsedRegister register in facts.GetInfo(instruction).GetUsedRegisters())
                digest.Add(register.ToString());
            var writer = new ByteArrayWriter();
            if (Iced.Intel.Encoder.Create(bitness, writer).TryEncode(instruction, instruction.IP, out _, out _))
            {
                encoded++;
                digest.Add(writer.ToArray());
            }
        }

        output.WriteLine($"{name}: {valid} instructions, {encoded} encoded again, {digest}");
    }

    private static void Assemble(TextWriter output)
    {
        var assembler = new Assembler(64);
        Label loop = assembler.CreateLabel();
        assembler.xor(eax, eax);
        assembler.Label(ref loop);
        assembler.add(rax, __qword_ptr[rdi + (rcx * 8) + 16]);
        assembler.vpaddd(ymm1, ymm2, ymm3);
        assembler.dec(rcx);
        assembler.jne(loop);
        assembler.ret();
        var first = new ByteArrayWriter();
        assembler.Assemble(first, 0x1000);

        var moved = new ByteArrayWriter();
        var block = new InstructionBlock(moved, [.. assembler.Instructions], 0x7fff_0000_0000);
        bool done = BlockEncoder.TryEncode(64, block, out _, out _);
        output.WriteLine($"assembled: {Convert.ToHexString(first.ToArray())}, moved {done}: {Convert.ToHexString(moved.ToArray())}");
    }

    private sealed class ByteArrayWriter : CodeWriter
    {
        private readonly List<byte> _bytes = [];

        public override void WriteByte(byte value) => _bytes.Add(value);

        public byte[] ToArray() => [.. _bytes];
    }
}
