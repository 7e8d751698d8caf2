using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>
/// Copies, fills and the C allocator. What the allocator returns is not trusted: its bookkeeping lies in ordinary memory, where a stray store can
/// make the next allocation return any address.
/// </summary>
internal static class NativeMemoryRows
{
    private static readonly ElementSize Byte = ElementSize.Byte;

    public static ApiType[] Types =>
    [
        new("System.Runtime.InteropServices.NativeMemory",
            Member("Copy(void*, void*, nuint)", CopySource(0, Count(2, Byte)), CopyDestination(1, Count(2, Byte))),
            Member("Clear(void*, nuint)", Fill(0, Count(1, Byte))),
            Member("Fill(void*, nuint, byte)", Fill(0, Count(1, Byte))),
            Member("Realloc(void*, nuint)", Escape(0), Exempt(1, Reasons.Size)).Gives(Untrusted),
            Member("AlignedRealloc(void*, nuint, nuint)", Escape(0), Exempt(1, Reasons.Size), Exempt(2, Reasons.Size)).Gives(Untrusted),
            Member("Free(void*)", Escape(0)),
            Member("AlignedFree(void*)", Escape(0)),
            Exempt("Alloc*", Reasons.Size).Gives(Untrusted),
            Exempt("AlignedAlloc(nuint, nuint)", Reasons.Size).Gives(Untrusted),
            Unnamed),
        new("System.Buffer",
            Member("MemoryCopy(void*, void*, _, _)", CopySource(0, CountNotNegative(3, Byte)), CopyDestination(1, CountNotNegative(3, Byte))),
            Unnamed),
    ];
}
