using Mono.Cecil;

namespace MemSentry.Verifier.Facts;

/// <summary>The name of a member in the trust list: <c>System.Void App.Codec.Reader::Copy`1(System.Byte*,System.Int32)</c>.</summary>
internal static class MemberName
{
    public static string Of(MethodDefinition member)
    {
        string arity = member.HasGenericParameters ? $"`{member.GenericParameters.Count}" : "";
        string parameters = string.Join(',', member.Parameters.Select(p => p.ParameterType.FullName));
        return $"{member.ReturnType.FullName} {member.DeclaringType.FullName}::{member.Name}{arity}({parameters})";
    }
}
