using Mono.Cecil;

namespace MemSentry.AccessTable;

/// <summary>
/// The parameter types of a member in C# notation, without namespaces: <c>ref !!0, nint</c>. Generic parameters are numbers (ECMA-335 II.9.4), so
/// that definitions, references and instances of a member have the same shape.
/// </summary>
internal static class SignatureShape
{
    private static readonly Dictionary<string, string> Keywords = new()
    {
        ["System.Void"] = "void",
        ["System.Boolean"] = "bool",
        ["System.Char"] = "char",
        ["System.SByte"] = "sbyte",
        ["System.Byte"] = "byte",
        ["System.Int16"] = "short",
        ["System.UInt16"] = "ushort",
        ["System.Int32"] = "int",
        ["System.UInt32"] = "uint",
        ["System.Int64"] = "long",
        ["System.UInt64"] = "ulong",
        ["System.Single"] = "float",
        ["System.Double"] = "double",
        ["System.IntPtr"] = "nint",
        ["System.UIntPtr"] = "nuint",
        ["System.String"] = "string",
        ["System.Object"] = "object",
    };

    public static string Of(MethodReference method) => string.Join(", ", method.Parameters.Select(p => Of(p.ParameterType)));

    public static string Of(TypeReference type) => type switch
    {
        IModifierType modified => Of(modified.ElementType),
        ByReferenceType reference => "ref " + Of(reference.ElementType),
        PointerType pointer => Of(pointer.ElementType) + "*",
        ArrayType array => Of(array.ElementType) + "[]",
        FunctionPointerType => "delegate*",
        GenericParameter { Type: GenericParameterType.Method } parameter => "!!" + parameter.Position,
        GenericParameter parameter => "!" + parameter.Position,
        GenericInstanceType instance => $"{Name(instance)}<{string.Join(", ", instance.GenericArguments.Select(Of))}>",
        _ => Keywords.TryGetValue(type.FullName, out string? keyword) ? keyword : Name(type),
    };

    /// <summary>Whether a shape fits a pattern: equal parameter by parameter, <c>_</c> fitting any one and a final <c>...</c> any more.</summary>
    public static bool Matches(string pattern, string shape)
    {
        if (pattern == shape)
        {
            return true;
        }

        List<string> wanted = Split(pattern);
        List<string> given = Split(shape);
        bool open = wanted is [.., "..."];
        int named = open ? wanted.Count - 1 : wanted.Count;
        return (open ? given.Count >= named : given.Count == named)
            && wanted.Take(named).Zip(given).All(pair => pair.First == "_" || pair.First == pair.Second);
    }

    /// <summary>Splits at the commas that separate parameters, not at those inside generic arguments.</summary>
    private static List<string> Split(string shape)
    {
        var parts = new List<string>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < shape.Length; i++)
        {
            depth += shape[i] switch { '<' => 1, '>' => -1, _ => 0 };
            if (shape[i] == ',' && depth == 0)
            {
                parts.Add(shape[start..i].Trim());
                start = i + 1;
            }
        }

        if (shape.Length > 0)
        {
            parts.Add(shape[start..].Trim());
        }

        return parts;
    }

    private static string Name(TypeReference type)
    {
        int arity = type.Name.IndexOf('`', StringComparison.Ordinal);
        return arity < 0 ? type.Name : type.Name[..arity];
    }
}
