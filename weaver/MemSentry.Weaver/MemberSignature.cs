using System.Text;
using Mono.Cecil;

namespace MemSentry.Weaver;

/// <summary>
/// The name of a member in messages and in the trust list. Unlike Cecil's full name it tells generic members from others, so that no two
/// members of a module share it unless they differ by custom modifiers or by the assembly of a parameter's type.
/// </summary>
internal static class MemberSignature
{
    /// <summary>For example <c>Codec.Reader::Copy`1(System.Byte*,System.Int32)</c>.</summary>
    public static string Of(MethodReference method)
    {
        var text = new StringBuilder(method.DeclaringType.FullName).Append("::").Append(method.Name);
        if (method.HasGenericParameters)
            text.Append('`').Append(method.GenericParameters.Count);

        return text.Append('(').AppendJoin(',', method.Parameters.Select(p => p.ParameterType.FullName)).Append(')').ToString();
    }

    /// <summary>The same with the return type in front: conversion operators differ by nothing else.</summary>
    public static string WithReturnType(MethodReference method) => $"{method.ReturnType.FullName} {Of(method)}";
}
