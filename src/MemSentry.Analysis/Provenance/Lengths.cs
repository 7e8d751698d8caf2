using MemSentry.AccessTable;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Stack;
using Mono.Cecil;

namespace MemSentry.Analysis.Provenance;

/// <summary>Finds the lengths and displacements that the access table speaks of among the operands of a call.</summary>
internal static class Lengths
{
    /// <summary>
    /// Elements of at most this size, counted by 32 bits, span at most 1 TiB: sequential accesses that start outside the block meet the guard before
    /// they could leave it, and displaced ones do not reach across it.
    /// </summary>
    private const int LargestGuardedElement = 256;

    /// <summary>The length or displacement of an operand of a call, seen from the caller.</summary>
    /// <param name="scaled">What the table says.</param>
    /// <param name="operand">The number of the operand that is an address; negative for a receiver.</param>
    /// <param name="call">The call.</param>
    public static Length Of(ScaledOperand scaled, int operand, CallShape call) =>
        Elements(scaled, operand, call) with { NegativeIsHarmless = scaled.NegativeIsHarmless };

    /// <summary>Whether the address alone has to be checked, because the guards stop whatever so short a length reaches.</summary>
    public static bool AreGuarded(ScaledOperand scaled, Length length) =>
        scaled.Bits == 32 && length is { ElementDepth: null, ElementType: null, ElementBytes: <= LargestGuardedElement };

    private static Length Elements(ScaledOperand scaled, int operand, CallShape call)
    {
        int depth = call.DepthOf(scaled.Operand);
        ElementSize unit = scaled.Unit;
        return unit.Kind switch
        {
            ElementSizeKind.Bytes => new Length(depth, unit.Value),
            ElementSizeKind.Operand => new Length(depth, ElementDepth: call.DepthOf(unit.Value)),
            ElementSizeKind.MethodArgument => OfType(depth, ((GenericInstanceMethod)call.Callee!).GenericArguments[unit.Value]),
            ElementSizeKind.TypeArgument => OfType(depth, ((GenericInstanceType)call.Callee!.DeclaringType).GenericArguments[unit.Value]),
            ElementSizeKind.Pointee when operand >= 0 => OfType(depth, Pointee(call.ParameterType(operand))),
            ElementSizeKind.Parameter => OfType(depth, call.ParameterType(unit.Value)),
            ElementSizeKind.Result when call.ResultType is { } result => OfType(depth, result),
            _ => throw new NotModelledException($"{call.Callee?.FullName} counts in a unit that is not known"),
        };
    }

    private static Length OfType(int depth, TypeReference type) => StackTypes.WithoutModifiers(type).MetadataType switch
    {
        MetadataType.Boolean or MetadataType.SByte or MetadataType.Byte => new Length(depth, 1),
        MetadataType.Char or MetadataType.Int16 or MetadataType.UInt16 => new Length(depth, 2),
        MetadataType.Int32 or MetadataType.UInt32 or MetadataType.Single => new Length(depth, 4),
        MetadataType.Int64 or MetadataType.UInt64 or MetadataType.Double => new Length(depth, 8),
        MetadataType.IntPtr or MetadataType.UIntPtr or MetadataType.Pointer or MetadataType.FunctionPointer => new Length(depth, 8),
        _ => new Length(depth, ElementType: type),
    };

    private static TypeReference Pointee(TypeReference type) => StackTypes.WithoutModifiers(type) switch
    {
        ByReferenceType reference => reference.ElementType,
        PointerType { ElementType.MetadataType: not MetadataType.Void } pointer => pointer.ElementType,
        var other => throw new NotModelledException($"the size of what {other.FullName} points to is not known"),
    };
}
