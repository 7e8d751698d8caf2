using Mono.Cecil;

namespace MemSentry.Analysis.Displacement;

/// <summary>
/// How large a structure is at most, if it and all that it consists of is defined in the module at hand, or never changes (<see cref="FrameworkStructures"/>): what other assemblies define may be larger when the program runs.
/// <para>
/// Argument: fields of up to eight bytes, and structures of such, are aligned to eight bytes at most; so the runtime places each at the next multiple of eight behind
/// the one before at the latest, or where the layout says. Types with an alignment of their own are those of the core library, and generic ones: of what contains such nothing is known.
/// </para>
/// </summary>
internal static class StructureSizes
{
    private const int Alignment = 8;

    /// <summary>A structure of more fields, nested ones included, is too large for an index to be of use. One that contains itself has no end.</summary>
    private const int MostFields = 256;

    /// <summary>The bytes of a type, as an interval that starts at zero.</summary>
    public static Interval Of(TypeReference type)
    {
        int left = MostFields;
        return (FrameworkStructures.SizeOf(type) ?? Bound(type, ref left)) is { } bytes && bytes < Reach.OfStructure.High ? new Interval(0, bytes) : Reach.OfStructure;
    }

    private static long? Bound(TypeReference type, ref int left) => type switch
    {
        PointerType or FunctionPointerType => Alignment,
        _ when type.IsPrimitive => Alignment,
        TypeDefinition { IsEnum: true } => Alignment,
        TypeDefinition { IsValueType: true } structure when IsPlain(structure) => OfFields(structure, ref left),
        _ => FrameworkStructures.PlainSizeOf(type) is { } fixedSize ? RoundedUp(fixedSize) : null,
    };

    private static long? OfFields(TypeDefinition structure, ref int left)
    {
        long behind = 0;
        foreach (FieldDefinition field in structure.Fields.Where(f => !f.IsStatic))
        {
            if (--left < 0 || Bound(field.FieldType, ref left) is not { } bytes || (structure.IsExplicitLayout && field.Offset < 0))
            {
                return null;
            }

            behind = structure.IsExplicitLayout ? Math.Max(behind, RoundedUp(field.Offset + bytes)) : behind + bytes;
        }

        return RoundedUp(Math.Max(behind, Math.Max(structure.ClassSize, 1)));
    }

    /// <summary>Whether it is as large as its fields: an inline array repeats its only one.</summary>
    private static bool IsPlain(TypeDefinition structure) => !structure.HasGenericParameters
        && structure.Module.GetType("System", "Object") is null
        && structure.CustomAttributes.All(a => a.AttributeType.Name != "InlineArrayAttribute");

    private static long RoundedUp(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
