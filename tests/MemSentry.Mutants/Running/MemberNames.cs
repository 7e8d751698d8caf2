using Mono.Cecil;

namespace MemSentry.Mutants.Running;

/// <summary>The names by which the verifier calls members.</summary>
internal static class MemberNames
{
    /// <summary>The name of a member in the trust list, which is also that of findings.</summary>
    public static string Of(MethodDefinition member)
    {
        string arity = member.HasGenericParameters ? $"`{member.GenericParameters.Count}" : "";
        return $"{member.ReturnType.FullName} {member.DeclaringType.FullName}::{member.Name}{arity}({string.Join(',', member.Parameters.Select(p => p.ParameterType.FullName))})";
    }
}
