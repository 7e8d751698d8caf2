using MemSentry.Analysis.Members;
using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Provenance;

/// <summary>
/// Whether a range lies inside the static field that it starts at, as it does in <c>static ReadOnlySpan&lt;byte&gt; Digits => "0123"u8</c>: the address of the data, its length as a
/// constant, and the constructor.
/// <para>
/// Argument: a variable of static data lies outside the block from its first to its last byte. Its type, a structure of the module at hand with a layout of its own, says how many
/// bytes it has at least (ECMA-335 II.22.8; the runtime ignores that number for types with automatic layout).
/// </para>
/// </summary>
internal static class WholeVariable
{
    /// <summary>Whether it does.</summary>
    /// <param name="range">The start of the range.</param>
    /// <param name="call">What remembers it.</param>
    /// <param name="isTarget">Whether other code than the one before it leads to an instruction: then what that code pushed is not all that can lie there.</param>
    public static bool Includes(Access range, Instruction call, Func<Instruction, bool> isTarget) =>
        range is { Demand: Demand.Range, Operand: { Kind: StackKind.Reference, Origin: AddressOrigin.StaticField, Type: { } type }, Length: { Depth: 0, ElementBytes: > 0 and var bytes } }
        && !isTarget(call) && call.Previous is { } count && Constants.Of(count) is >= 0 and var elements
        && (long)elements * bytes <= SizeOf(type);

    private static long SizeOf(TypeReference type) => type switch
    {
        { MetadataType: MetadataType.SByte or MetadataType.Byte or MetadataType.Boolean } => 1,
        { MetadataType: MetadataType.Int16 or MetadataType.UInt16 or MetadataType.Char } => 2,
        { MetadataType: MetadataType.Int32 or MetadataType.UInt32 or MetadataType.Single } => 4,
        { MetadataType: MetadataType.Int64 or MetadataType.UInt64 or MetadataType.Double } => 8,
        TypeDefinition { IsValueType: true, IsAutoLayout: false, HasGenericParameters: false } structure => structure.ClassSize,
        _ => 0,
    };
}
