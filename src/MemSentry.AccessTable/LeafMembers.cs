using Mono.Cecil;

namespace MemSentry.AccessTable;

/// <summary>
/// Members of the framework that call nobody and keep nothing: the JIT makes an instruction or a few of each, in the middle of the code that calls it. So no
/// register of the caller gets to a place where it could be overwritten, and under <c>Trust=leaf</c> proofs about raw pointers survive the call.
/// </summary>
public static class LeafMembers
{
    private static readonly HashSet<string> OfVectors =
        ["Load", "LoadAligned", "Store", "StoreAligned", "get_Zero", "op_Addition", "op_Subtraction", "op_BitwiseAnd", "op_BitwiseOr", "op_ExclusiveOr"];

    private static readonly HashSet<string> OfBits = ["RotateLeft", "RotateRight", "LeadingZeroCount", "TrailingZeroCount", "PopCount", "Log2"];

    private static readonly HashSet<string> OfMath = ["Min", "Max"];

    private static readonly HashSet<string> OfSpans = ["get_Length", "get_Item", "get_IsEmpty"];

    private static readonly HashSet<string> OfUnsafe =
        ["Add", "AddByteOffset", "As", "AsPointer", "AsRef", "ByteOffset", "Read", "ReadUnaligned", "SizeOf", "Subtract", "SubtractByteOffset", "Write", "WriteUnaligned"];

    private static readonly HashSet<string> OfNativeIntegers =
        ["op_Explicit", "op_Addition", "op_Subtraction", "op_Equality", "op_Inequality", "Add", "Subtract", "ToPointer", "ToInt64", "ToUInt64", "get_Size"];

    private static readonly HashSet<string> OfEventData = ["get_DataPointer", "set_DataPointer", "get_Size", "set_Size"];

    private static readonly Dictionary<string, HashSet<string>> ByType = new()
    {
        ["System.Runtime.Intrinsics.Vector128"] = OfVectors,
        ["System.Runtime.Intrinsics.Vector128`1"] = OfVectors,
        ["System.Runtime.Intrinsics.Vector256"] = OfVectors,
        ["System.Runtime.Intrinsics.Vector256`1"] = OfVectors,
        ["System.Numerics.BitOperations"] = OfBits,
        ["System.UInt32"] = OfBits,
        ["System.UInt64"] = OfBits,
        ["System.Math"] = OfMath,
        ["System.Span`1"] = OfSpans,
        ["System.ReadOnlySpan`1"] = OfSpans,
        ["System.String"] = ["get_Length", "get_Chars", "GetPinnableReference"],
        ["System.IntPtr"] = OfNativeIntegers,
        ["System.UIntPtr"] = OfNativeIntegers,
        ["System.Runtime.InteropServices.MemoryMarshal"] = ["GetReference"],
        ["System.Runtime.CompilerServices.Unsafe"] = OfUnsafe,
        ["System.Diagnostics.Tracing.EventSource/EventData"] = OfEventData,
    };

    /// <summary>Those of which only the overloads that take numbers and pointers alone are so small; others take arrays, spans or strings, and go through them.</summary>
    private static readonly Dictionary<string, HashSet<string>> OfNumbers = new()
    {
        ["System.Span`1"] = [".ctor"],
        ["System.ReadOnlySpan`1"] = [".ctor"],
        ["System.Buffers.Binary.BinaryPrimitives"] = ["ReverseEndianness"],
        ["System.Char"] =
            ["IsAsciiDigit", "IsAsciiLetter", "IsAsciiLetterLower", "IsAsciiLetterUpper", "IsAsciiLetterOrDigit", "IsBetween", "IsHighSurrogate", "IsLowSurrogate", "IsSurrogate"],
    };

    private static readonly Dictionary<string, HashSet<string>> FieldsByType = new()
    {
        ["System.BitConverter"] = ["IsLittleEndian"],
        ["System.IntPtr"] = ["Zero"],
        ["System.String"] = ["Empty"],
        ["System.UIntPtr"] = ["Zero"],
    };

    /// <summary>Whether a member is one of them. A type of the module itself that only has the name is none.</summary>
    public static bool Include(MethodReference callee) => callee.DeclaringType.GetElementType() is var type && IsOfFramework(type)
        && (Has(ByType, type, callee.Name) || (Has(OfNumbers, type, callee.Name) && callee.Parameters.All(p => p.ParameterType is { IsPrimitive: true } or PointerType)));

    /// <summary>Whether a static field is one that the JIT knows the value of, so that no static constructor runs.</summary>
    public static bool Include(FieldReference field) => IsOfFramework(field.DeclaringType) && Has(FieldsByType, field.DeclaringType, field.Name);

    private static bool Has(Dictionary<string, HashSet<string>> names, TypeReference type, string member) =>
        names.TryGetValue(type.FullName, out HashSet<string>? members) && members.Contains(member);

    private static bool IsOfFramework(TypeReference type) => type.Scope is AssemblyNameReference { Name: { } assembly }
        && (assembly is "netstandard" or "mscorlib" || assembly.StartsWith("System.", StringComparison.Ordinal));
}
