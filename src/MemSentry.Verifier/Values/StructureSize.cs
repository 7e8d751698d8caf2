using Mono.Cecil;

namespace MemSentry.Verifier.Values;

/// <summary>
/// The largest size that a structure can have. It is known of what the verified module defines down to the last field, because another assembly's types
/// may have grown when the program runs, unless it is one of those whose size is promised (<see cref="ContractualSize"/>): no other field takes more than eight bytes, and none is aligned to more.
/// </summary>
internal static class StructureSize
{
    private const int Slot = 8;

    // Beyond that many fields the size is of no use, or a type contains itself, which no runtime loads.
    private const int MostFields = 1000;

    /// <summary>What <c>sizeof</c> may give.</summary>
    public static Distance Of(TypeReference type)
    {
        int fields = 0;
        long size = ContractualSize.Of(type, isField: false) ?? LargestOf(type, ref fields);
        return size <= Distance.Size.High ? Distance.Size with { High = size } : Distance.Size;
    }

    private static long LargestOf(TypeReference type, ref int fields)
    {
        if (type.IsPrimitive || type.IsPointer || type.IsFunctionPointer)
            return Slot;
        if (ContractualSize.Of(type, isField: true) is { } promised)
            return (promised + Slot - 1) & -Slot;
        if (type is not TypeDefinition { IsValueType: true, HasGenericParameters: false } definition || IsSpecial(definition))
            return long.MaxValue;

        long end = Math.Max(definition.ClassSize, Slot);
        long next = 0;
        foreach (FieldDefinition field in definition.Fields)
        {
            if (field.IsStatic)
                continue;

            long start = definition.IsExplicitLayout ? field.Offset : next;
            long size = LargestOf(field.FieldType, ref fields);
            if (++fields > MostFields || start < 0 || size > Distance.Size.High)
                return long.MaxValue;

            next = start + size;
            end = Math.Max(end, next);
        }

        return (end + Slot - 1) & -Slot;
    }

    /// <summary>Types that are aligned to more than a slot belong to the core library; an inline array has more in it than its field.</summary>
    private static bool IsSpecial(TypeDefinition type) =>
        type.Module.GetType("System", "Object") is not null || type.CustomAttributes.Any(a => a.AttributeType.Name == "InlineArrayAttribute");
}
