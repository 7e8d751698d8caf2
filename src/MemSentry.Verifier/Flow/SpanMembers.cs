using Mono.Cecil;

namespace MemSentry.Verifier.Flow;

/// <summary>Spans, and what their members do that matters here.</summary>
internal static class SpanMembers
{
    /// <summary>Whether a type is a span.</summary>
    public static bool AreOf(TypeReference? type) => type?.GetElementType().FullName is "System.Span`1" or "System.ReadOnlySpan`1";

    /// <summary>
    /// Whether a member touches no memory of the span: it tells its length or computes an address in it. A span that nobody answers for may be asked; what
    /// it answers is then answered for by nobody either.
    /// </summary>
    public static bool TouchNothing(MethodReference callee) =>
        AreOf(callee.DeclaringType) && callee.Name is "get_Length" or "get_IsEmpty" or "get_Item" or "Slice" or "GetEnumerator" or "GetPinnableReference" or "op_Implicit";

    /// <summary>Whether a member that gives a span other elements gives it another length too, so that it covers the memory that it did.</summary>
    public static bool KeepExtent(MethodReference callee) => callee is { Name: "Cast", DeclaringType.FullName: "System.Runtime.InteropServices.MemoryMarshal" };
}
