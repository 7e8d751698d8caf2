using Iced.Intel;

namespace MemSentry.Native.StrayWriters;

/// <summary>Finds instructions that change the key register, wherever in code they start: who diverts a jump need not aim at the start of an instruction.</summary>
internal static class WriterSearch
{
    /// <summary>Bytes of the longest instruction.</summary>
    public const int LongestInstruction = 15;

    private const byte Escape = 0x0f;

    /// <summary>All of them, by offset.</summary>
    /// <param name="code">The code, and as much as there is behind it of the last instruction's bytes.</param>
    /// <param name="length">Bytes of it in which they may start.</param>
    public static IReadOnlyList<(int Offset, RegisterWriter Writer)> Find(byte[] code, int length)
    {
        var found = new List<(int, RegisterWriter)>();
        for (int at = Next(code, 0, length); at >= 0; at = Next(code, at + 1, length))
        {
            if (Decode(code, at) is { } writer)
            {
                found.Add((at, writer));
            }
        }

        return found;
    }

    private static int Next(byte[] code, int from, int length)
    {
        int found = code.AsSpan(from, length - from).IndexOf(Escape);
        return found < 0 ? -1 : from + found;
    }

    private static RegisterWriter? Decode(byte[] code, int at)
    {
        // Most that starts with this byte is something else, and is not worth a decoder.
        if (at + 1 >= code.Length || code[at + 1] is not (0x01 or 0xae))
        {
            return null;
        }

        var decoder = Decoder.Create(64, new ByteArrayCodeReader(code, at, Math.Min(LongestInstruction, code.Length - at)), 0);
        return decoder.Decode().Mnemonic switch
        {
            Mnemonic.Wrpkru => RegisterWriter.Write,
            Mnemonic.Xrstor or Mnemonic.Xrstor64 => RegisterWriter.Restore,
            _ => null,
        };
    }
}
