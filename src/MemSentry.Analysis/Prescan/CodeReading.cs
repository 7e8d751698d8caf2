using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MemSentry.Analysis.Prescan;

/// <summary>Reads what IL bytes are made of (ECMA-335 III.1.2).</summary>
internal static class CodeReading
{
    /// <summary>The first byte of opcodes of two bytes.</summary>
    private const int Prefix = 0xFE;

    public static ILOpCode ReadOpcode(this ref BlobReader code)
    {
        int first = code.ReadByte();
        return (ILOpCode)(first == Prefix ? (first << 8) | code.ReadByte() : first);
    }

    public static EntityHandle ReadToken(this ref BlobReader code) => MetadataTokens.EntityHandle(code.ReadInt32());
}
