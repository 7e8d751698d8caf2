using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>Spans: objects that remember a range, and references to their elements.</summary>
internal static class SpanRows
{
    public static ApiType[] Types =>
    [
        Span("System.Span`1"),
        Span("System.ReadOnlySpan`1"),
        new("System.Span`1/Enumerator", Member("get_Current()").Gives(Element(ApiOperand.Receiver))),
        new("System.ReadOnlySpan`1/Enumerator", Member("get_Current()").Gives(Element(ApiOperand.Receiver))),

        // Formatters keep the span they are given and bounds-check every write to it.
        new("System.MemoryExtensions/TryWriteInterpolatedStringHandler", Member(".ctor(int, int, Span<char>, ...)").Gives(Derived(2))),
        new("System.Text.Unicode.Utf8/TryWriteInterpolatedStringHandler", Member(".ctor(int, int, Span<byte>, ...)").Gives(Derived(2))),
        new("System.Formats.Asn1.AsnDecoder",
            Member("ReadEnumeratedBytes").Gives(Element(0)),
            Member("ReadIntegerBytes").Gives(Element(0))),
    ];

    private static ApiType Span(string name) =>
        new(name,
            Member(".ctor(void*, int)", Range(0, CountNotNegative(1, TypeArgument(0)))).Gives(Derived(0)),
            Member(".ctor(ref !0)", Conversion(0)).Gives(Derived(0)),

            // Of arrays.
            Member(".ctor(_)").Gives(Anchor),
            Member(".ctor(!0[], int, int)").Gives(Anchor),
            Member("get_Empty()").Gives(Anchor),
            Member("op_Implicit(!0[])").Gives(Anchor),
            Member("op_Implicit(_)").Gives(Derived(0)),
            Member("Slice").Gives(Element(ApiOperand.Receiver)),
            Member("GetEnumerator()").Gives(Element(ApiOperand.Receiver)),
            Member("get_Item(int)").Gives(Element(ApiOperand.Receiver)),
            Member("GetPinnableReference()").Gives(Element(ApiOperand.Receiver)),
            Unnamed);
}
