using Iced.Intel;

namespace MemSentry.RealAssemblies.Workloads;

/// <summary>Iced: decodes a fixed pseudo-random buffer in all three modes, formats every instruction in all syntaxes and encodes it again.</summary>
internal static class DecodeWorkload
{
    private const int BufferLength = 48 * 1024;

    /// <summary>Prints counts and digests.</summary>
    public static void Run(TextWriter output)
    {
        byte[] code = new byte[BufferLength];
        new Random(20171204).NextBytes(code);
        foreach (int bitness in (int[])[16, 32, 64])
            Decode(code, bitness, output);
    }

    private static void Decode(byte[] code, int bitness, TextWriter output)
    {
        Formatter[] formatters = [new NasmFormatter(), new MasmFormatter(), new GasFormatter(), new IntelFormatter()];
        var fast = new FastFormatter();
        var text = new StringOutput();
        var fastText = new FastStringOutput();
        var reader = new ByteArrayCodeReader(code);
        var decoder = Iced.Intel.Decoder.Create(bitness, reader);
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
            var writer = new ByteArrayWriter();
            if (Iced.Intel.Encoder.Create(bitness, writer).TryEncode(instruction, instruction.IP, out _, out _))
            {
                encoded++;
                digest.Add(Convert.ToHexString(writer.ToArray()));
            }
        }

        output.WriteLine($"{bitness}-bit: {valid} instructions, {encoded} encoded again, {digest}");
    }

    private sealed class ByteArrayWriter : CodeWriter
    {
        private readonly List<byte> _bytes = [];

        public override void WriteByte(byte value) => _bytes.Add(value);

        public byte[] ToArray() => [.. _bytes];
    }
}
