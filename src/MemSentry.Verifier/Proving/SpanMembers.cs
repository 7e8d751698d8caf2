using Mono.Cecil;

namespace MemSentry.Verifier.Proving;

/// <summary>
/// Members of spans that touch no memory of the span: they tell its length or compute an address in it. A span that nobody answers for may be asked; what
/// it answers is then answered for by nobody either.
/// </summary>
internal static class SpanMembers
{
    /// <summary>Whether a member is one of them.</summary>
    public static bool TouchNothing(MethodReference callee) =>
        callee.DeclaringType.GetElementType().FullName is "System.Span`1" or "System.ReadOnlySpan`1"
        && callee.Name is "get_Length" or "get_IsEmpty" or "get_Item" or "Slice" or "GetEnumerator" or "GetPinnableReference" or "op_Implicit";
}
