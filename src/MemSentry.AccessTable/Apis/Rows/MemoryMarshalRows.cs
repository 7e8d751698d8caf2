using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary><c>MemoryMarshal</c>: spans from references and references from spans.</summary>
internal static class MemoryMarshalRows
{
    private static readonly ElementSize T = MethodArgument(0);

    public static ApiType[] Types =>
    [
        new("System.Runtime.InteropServices.MemoryMarshal",
            Member("CreateSpan(ref !!0, int)", Range(0, Count(1, T))).Gives(Derived(0)),
            Member("CreateReadOnlySpan(ref !!0, int)", Range(0, Count(1, T))).Gives(Derived(0)),

            // The length is found by reading up to the terminator, so the guards bound the range.
            Member("CreateReadOnlySpanFromNullTerminated(char*)", CopySource(0, Terminated)).Gives(Derived(0)),
            Member("CreateReadOnlySpanFromNullTerminated(byte*)", CopySource(0, Terminated)).Gives(Derived(0)),

            Member("GetReference(_)").Gives(Derived(0)),
            Member("GetArrayDataReference(_)").Gives(Anchor),
            Member("AsRef(_)").Gives(Reinterpreted(0)),
            Member("AsBytes(_)").Gives(Derived(0)),

            // The length is recomputed, so the extent is that of the operand; neither element type can hold references.
            Member("Cast(_)").Gives(Derived(0)),

            // Bounds-checked against the span, which stands by contract; what is read may contain pointers.
            Member("Read(_)").Gives(Untrusted),
            Member("TryRead(_, ref !!0)", Conversion(1)),
            Member("Write(_, ref !!0)", Conversion(1)),
            Member("TryWrite(_, ref !!0)", Conversion(1)),

            Member("AsMemory(_)").Gives(Derived(0)),
            Member("CreateFromPinnedArray(!!0[], int, int)").Gives(Anchor),
            Harmless("TryGet*", Reasons.Stored),
            Harmless("ToEnumerable(_)", Reasons.Stored),
            Unnamed),
    ];
}
