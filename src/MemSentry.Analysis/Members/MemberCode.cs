using Mono.Cecil;

namespace MemSentry.Analysis.Members;

/// <summary>Tells members with IL from those the runtime supplies.</summary>
public static class MemberCode
{
    /// <summary>
    /// Whether a member has instructions. An <c>extern</c> member with <c>[UnsafeAccessor]</c> claims a body but has none. What lies in the image has, and
    /// is not decoded to find out.
    /// </summary>
    public static bool HasInstructions(this MethodDefinition method) => method.HasBody && (method.RVA != 0 || method.Body.Instructions.Count > 0);
}
