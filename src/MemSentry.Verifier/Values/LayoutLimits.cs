using Mono.Cecil;

namespace MemSentry.Verifier.Values;

/// <summary>
/// The largest size that an instance of a type can have in memory. Known are primitives, and structures of the verified module made of such and of each other: whatever the layout,
/// a field takes no more than its own size and seven bytes before it. Another module's structures may have changed when the program runs, except for those with a fixed layout.
/// </summary>
internal static class LayoutLimits
{
    private const int DeepestNesting = 16;

    private static readonly Dictionary<string, long> Fixed = new() { ["Guid"] = 16, ["Decimal"] = 16, ["DateTime"] = 8, ["TimeSpan"] = 8 };

    private static readonly HashSet<string?> CoreLibraries = ["System.Runtime", "System.Private.CoreLib", "netstandard", "mscorlib"];

    /// <summary>The size in bytes, at most.</summary>
    public static Distance Of(TypeReference type) => Largest(type, DeepestNesting) is { } size ? new Distance(0, size, true) : Distance.Size;

    private static long? Largest(TypeReference type, int depth)
    {
        // Of a type that is named by a token alone it is not known whether it is a structure at all.
        type = TypeShapes.Bare(type);
        if (type is TypeDefinition { IsValueType: true } structure)
            return depth > 0 ? Largest(structure, depth - 1) : null;
        if (type.IsPrimitive || type is PointerType or FunctionPointerType)
            return 8;
        bool isFixed = type is { Namespace: "System", DeclaringType: null } && CoreLibraries.Contains(type.Scope?.Name) && Fixed.ContainsKey(type.Name);
        return isFixed ? Fixed[type.Name] : null;
    }

    private static long? Largest(TypeDefinition structure, int depth)
    {
        if (structure.HasGenericParameters || structure.CustomAttributes.Any(a => a.AttributeType.Name == "InlineArrayAttribute"))
            return null;

        long? size = 8;
        foreach (FieldDefinition field in structure.Fields)
        {
            if (!field.IsStatic)
                size += Largest(field.FieldType, depth) + 7 + Math.Max(field.Offset, 0);
        }

        // The end of a structure is rounded up as well.
        return size is { } fields && Math.Max(fields, structure.ClassSize) + 7 is var largest && largest < Distance.Size.High ? largest : null;
    }
}
