using MemSentry.Analysis.Stack;
using Mono.Cecil;

namespace MemSentry.Analysis.Displacement;

/// <summary>
/// How large, at most, is a structure? The exact size is the runtime's business, but no layout is worse than each field on a boundary of eight bytes. So much
/// can be said of a structure whose fields are known for good: those of the module that is being woven, and a few whose layout is part of what they are. Any
/// other may be another one when the program runs.
/// </summary>
internal sealed class SizeBounds
{
    private const long Word = 8;

    private readonly Dictionary<TypeDefinition, long> _known = [];

    /// <summary>The size of a type in bytes, at most.</summary>
    public long Of(TypeReference type)
    {
        type = StackTypes.WithoutModifiers(type);
        return type switch
        {
            { IsPrimitive: true } or PointerType or FunctionPointerType => Word,
            TypeDefinition { IsValueType: true } definition => OfDefinition(definition),
            { Namespace: "System", DeclaringType: null } when IsOfCoreLibrary(type) => type.Name switch
            {
                "Guid" or "Decimal" => 2 * Word,
                "DateTime" or "TimeSpan" => Word,
                _ => Reach.OfField.High,
            },
            _ => Reach.OfField.High,
        };
    }

    private static bool IsOfCoreLibrary(TypeReference type) => type.Scope?.Name is "System.Runtime" or "System.Private.CoreLib" or "netstandard" or "mscorlib";

    private long OfDefinition(TypeDefinition type)
    {
        if (!_known.TryGetValue(type, out long size))
        {
            // A structure that contains itself does not load.
            _known[type] = Reach.OfField.High;
            _known[type] = size = Math.Min(Reach.OfField.High, Math.Max(type.ClassSize, OfFields(type)));
        }

        return size;
    }

    private long OfFields(TypeDefinition type)
    {
        if (type.HasGenericParameters || type.CustomAttributes.Any(a => a.AttributeType.Name == "InlineArrayAttribute"))
        {
            return Reach.OfField.High;
        }

        long size = Word;
        foreach (FieldDefinition field in type.Fields.Where(f => !f.IsStatic))
        {
            long end = Math.Max(field.Offset, 0) + (type.IsExplicitLayout ? 0 : size) + RoundUp(Of(field.FieldType));
            size = Math.Max(size, RoundUp(end));
        }

        return size;
    }

    private static long RoundUp(long size) => (size + Word - 1) / Word * Word;
}
