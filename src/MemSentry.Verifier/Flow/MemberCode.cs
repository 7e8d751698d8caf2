using Mono.Cecil;

namespace MemSentry.Verifier.Flow;

/// <summary>Tells members with code from those that only look so to Cecil: reference assemblies and stubs have a body without instructions.</summary>
internal static class MemberCode
{
    public static bool HasCode(this MethodDefinition member) => member.HasBody && member.Body.Instructions.Count > 0;
}
