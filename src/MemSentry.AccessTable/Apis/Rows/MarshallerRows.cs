using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>The marshallers that generated P/Invoke code calls: their pointers come from native code or go to it, and some become spans.</summary>
internal static class MarshallerRows
{
    private const string Namespace = "System.Runtime.InteropServices.Marshalling.";

    public static ApiType[] Types =>
    [
        Container("ArrayMarshaller`2"),
        Container("SpanMarshaller`2"),
        Container("PointerArrayMarshaller`2"),
        new(Namespace + "ReadOnlySpanMarshaller`2/UnmanagedToManagedOut", Destination, Escapes("*")),
        new(Namespace + "ComVariant", Member("GetRawDataRef()").Gives(Reinterpreted(ApiOperand.Receiver)), Escapes("*")),
        new(Namespace + "Utf16StringMarshaller", Member("GetPinnableReference(string)").Gives(Anchor), Escapes("*")),
        new(Namespace + "*", Escapes("*")),
    ];

    private static ApiRow Destination =>
        Member("GetUnmanagedValuesDestination(!1*, int)", Range(0, CountNotNegative(1, TypeArgument(1)))).Gives(Derived(0));

    private static ApiType Container(string name) =>
        new(Namespace + name,
            Destination,
            Member("GetUnmanagedValuesSource(!1*, int)", Range(0, CountNotNegative(1, TypeArgument(1)))).Gives(Derived(0)),
            Escapes("*"));
}
