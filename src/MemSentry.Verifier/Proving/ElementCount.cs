using MemSentry.AccessTable;
using MemSentry.Verifier.Flow;
using MemSentry.Verifier.Values;
using Mono.Cecil;

namespace MemSentry.Verifier.Proving;

/// <summary>A number of elements of some size, as a framework member takes it in one of its operands.</summary>
internal readonly struct ElementCount(ScaledOperand scaled, TypeReference operandType, CallSignature call, Frame frame)
{
    /// <summary>Whether it can be so large that no guard stops what it reaches: more than 2^32 elements, or elements of unknown or large size.</summary>
    public bool IsUnbounded => scaled.Bits != 32 || scaled.Unit is not { Kind: ElementSizeKind.Bytes, Value: <= 256 };

    /// <summary>
    /// Whether a check of an address spoke of this very number and size. The widths have to be those of the check: an int32 that a call widens to 64 bits
    /// is widened by sign, and the check widened it with zeros.
    /// </summary>
    public bool WasChecked(Relation check)
    {
        Value count = call.OperandOf(scaled.Operand, frame);
        return !scaled.IsSubtracted
            && count.Number != 0 && count.Number == check.Number
            && count.Kind == (scaled.Bits == 64 ? ValueKind.Raw : ValueKind.Int32)
            && IsSize(check);
    }

    /// <summary>Whether all elements together were found to be less than a terabyte.</summary>
    public bool IsGuarded()
    {
        Value count = call.OperandOf(scaled.Operand, frame);
        return count.Relation.Kind == RelationKind.CountsLessThanGuard
            && count.Kind == (scaled.Bits == 64 ? ValueKind.Raw : ValueKind.Int32)
            && (scaled.Unit.Kind == ElementSizeKind.Operand ? IsOperand(count.Relation) : IsSize(count.Relation));
    }

    /// <summary>
    /// Whether so many elements fit into one variable of a type: a constant number of bytes that the type is known to have. No step from there leads out of the variable,
    /// so that steps do not add up.
    /// </summary>
    public bool FitsInto(TypeReference? variable) =>
        call.OperandOf(scaled.Operand, frame) is { Kind: ValueKind.Int32, Constant: >= 0 and <= int.MaxValue and var count }
        && (ElementType() is { } type ? SizeOf(type) : scaled.Unit.Kind == ElementSizeKind.Bytes ? scaled.Unit.Value : null) is { } size
        && count * size <= (SizeOf(variable) ?? DeclaredSizeOf(variable));

    /// <summary>What the layout of a structure of the verified module says; for automatic layout the runtime ignores it (ECMA-335 II.22.8).</summary>
    private static long DeclaredSizeOf(TypeReference? type) =>
        type is TypeDefinition { IsValueType: true, HasGenericParameters: false, IsAutoLayout: false } structure ? structure.ClassSize : 0;

    private bool IsOperand(Relation check) =>
        check.Number != 0 && call.OperandOf(scaled.Unit.Value, frame) is { Kind: ValueKind.Int32 } size && size.Number == check.Number;

    private bool IsSize(Relation check)
    {
        TypeReference? type = ElementType();
        long? size = type is null ? (scaled.Unit.Kind == ElementSizeKind.Bytes ? scaled.Unit.Value : null) : SizeOf(type);
        return (size is not null && size == (check.Size ?? SizeOf(check.Type))) || (type is not null && SameType.Are(type, check.Type));
    }

    private TypeReference? ElementType() => scaled.Unit.Kind switch
    {
        ElementSizeKind.MethodArgument => Argument(call.Callee as IGenericInstance),
        ElementSizeKind.TypeArgument => Argument(call.Callee?.DeclaringType as IGenericInstance),
        ElementSizeKind.Pointee => TypeShapes.Bare(operandType) switch
        {
            ByReferenceType reference => reference.ElementType,
            PointerType pointer => pointer.ElementType,
            _ => null,
        },
        ElementSizeKind.Parameter => call.ArgumentType(scaled.Unit.Value),
        ElementSizeKind.Result => call.Result,
        _ => null,
    };

    private TypeReference? Argument(IGenericInstance? instance) =>
        instance is not null && scaled.Unit.Value < instance.GenericArguments.Count ? instance.GenericArguments[scaled.Unit.Value] : null;

    private static long? SizeOf(TypeReference? type) => type?.MetadataType switch
    {
        MetadataType.Boolean or MetadataType.SByte or MetadataType.Byte => 1,
        MetadataType.Char or MetadataType.Int16 or MetadataType.UInt16 => 2,
        MetadataType.Int32 or MetadataType.UInt32 or MetadataType.Single => 4,
        MetadataType.Int64 or MetadataType.UInt64 or MetadataType.Double => 8,
        MetadataType.IntPtr or MetadataType.UIntPtr or MetadataType.Pointer => 8,
        _ => null,
    };
}
