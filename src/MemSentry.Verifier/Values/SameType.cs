using System.Text;
using Mono.Cecil;

namespace MemSentry.Verifier.Values;

/// <summary>
/// Whether two references in one module surely mean one type. Compared by a text that spells out the assembly of every name and the
/// position of every generic parameter: names alone may be shared.
/// </summary>
internal static class SameType
{
    public static bool Are(TypeReference? a, TypeReference? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && a.Name == b.Name && Text(a) == Text(b));

    private static string Text(TypeReference type)
    {
        var text = new StringBuilder();
        Append(text, type);
        return text.ToString();
    }

    private static void Append(StringBuilder text, TypeReference type)
    {
        switch (type)
        {
            case GenericParameter parameter:
                text.Append(parameter.Type == GenericParameterType.Method ? "!!" : "!").Append(parameter.Position);
                break;
            case GenericInstanceType instance:
                Append(text, instance.ElementType);
                foreach (TypeReference argument in instance.GenericArguments)
                {
                    text.Append('<');
                    Append(text, argument);
                    text.Append('>');
                }

                break;
            case FunctionPointerType pointer:
                text.Append((int)pointer.CallingConvention).Append("fnptr");
                foreach (TypeReference part in pointer.Parameters.Select(p => p.ParameterType).Append(pointer.ReturnType))
                {
                    text.Append('(');
                    Append(text, part);
                    text.Append(')');
                }

                break;
            case TypeSpecification specification:
                Append(text, specification.ElementType);
                text.Append('/').Append(specification.MetadataType).Append((specification as ArrayType)?.Rank);
                Modifier(text, specification);
                break;
            default:
                text.Append('[').Append(type.Scope?.Name).Append(']').Append(type.FullName);
                break;
        }
    }

    private static void Modifier(StringBuilder text, TypeSpecification type)
    {
        if (type is IModifierType { ModifierType: { } modifier })
            Append(text, modifier);
    }
}
