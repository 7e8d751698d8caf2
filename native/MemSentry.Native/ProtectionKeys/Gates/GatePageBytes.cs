using Iced.Intel;

namespace MemSentry.Native.ProtectionKeys.Gates;

/// <summary>Puts stubs on a page, each at its place. What lies between ends the process.</summary>
internal static class GatePageBytes
{
    private const byte Breakpoint = 0xcc;

    /// <param name="stubs">What writes each stub.</param>
    /// <param name="code">Where they write to.</param>
    public static byte[] Of(IReadOnlyDictionary<GateEntry, Action<Assembler>> stubs, Assembler code)
    {
        byte[] page = new byte[GateLayout.PageLength];
        Array.Fill(page, Breakpoint);
        foreach ((GateEntry entry, Action<Assembler> write) in stubs)
        {
            code.Reset();
            code.endbr64();
            write(code);
            using var bytes = new MemoryStream();
            code.Assemble(new StreamCodeWriter(bytes), 0);
            if (bytes.Length > GateLayout.EntryLength)
            {
                throw new InvalidOperationException($"The stub {entry} has {bytes.Length} bytes, and {GateLayout.EntryLength} is what there is for it.");
            }

            bytes.ToArray().CopyTo(page, (int)entry * GateLayout.EntryLength);
        }

        return page;
    }
}
