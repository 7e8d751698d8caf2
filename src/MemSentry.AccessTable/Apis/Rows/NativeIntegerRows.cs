using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>Native integers as numbers. Where one becomes a pointer the result keeps its origin.</summary>
internal static class NativeIntegerRows
{
    public static ApiType[] Types =>
    [
        NativeInteger("System.IntPtr", "nint"),
        NativeInteger("System.UIntPtr", "nuint"),
        Numbers("System.Math", "Abs", "BigMul", "Clamp", "DivRem", "Max", "Min", "Sign"),
        Numbers(
            "System.Numerics.BitOperations",
            "IsPow2", "LeadingZeroCount", "Log2", "PopCount", "RotateLeft", "RotateRight", "RoundUpToPowerOf2", "TrailingZeroCount"),
        Numbers("System.Buffers.Binary.BinaryPrimitives", "Read*", "TryRead*", "Write*", "TryWrite*", "ReverseEndianness"),
        Numbers("System.Half", "op_*"),
        Numbers("System.Int128", "op_*"),
        Numbers("System.UInt128", "op_*"),
        Numbers("System.Numerics.BigInteger", "op_*"),
        Numbers("System.Numerics.Complex", "op_*"),
        Numbers("System.Runtime.InteropServices.NFloat", "op_*"),

        // A C long has 64 bits here: it is a number, and an address smuggled in one is a pointer inside a structure.
        Numbers("System.Runtime.InteropServices.CLong", "*"),
        Numbers("System.Runtime.InteropServices.CULong", "*"),
        Numbers("System.Diagnostics.Tracing.EventSource/EventSourcePrimitive", "op_*"),
        new("System.ArgumentNullException", Member("ThrowIfNull(void*, string)", Exempt(0, Reasons.Compared))),
    ];

    private static ApiType NativeInteger(string name, string keyword) =>
        new(name,
            Member(".ctor(void*)", Exempt(0, Reasons.Arithmetic)).Gives(Derived(0)),
            Member("op_Explicit(void*)", Exempt(0, Reasons.Arithmetic)).Gives(Derived(0)),
            Member($"op_Explicit({keyword})", Exempt(0, Reasons.Arithmetic)).Gives(Derived(0)),
            Member($"Add({keyword}, int)", Exempt(0, Reasons.Arithmetic)).Gives(Derived(0, Plus(1, ElementSize.Byte))),
            Member($"op_Addition({keyword}, int)", Exempt(0, Reasons.Arithmetic)).Gives(Derived(0, Plus(1, ElementSize.Byte))),
            Member($"Subtract({keyword}, int)", Exempt(0, Reasons.Arithmetic)).Gives(Derived(0, Minus(1, ElementSize.Byte))),
            Member($"op_Subtraction({keyword}, int)", Exempt(0, Reasons.Arithmetic)).Gives(Derived(0, Minus(1, ElementSize.Byte))),
            ExemptField("Zero", Reasons.Number),
            Exempt("*", Reasons.Number));

    private static ApiType Numbers(string type, params string[] members) => new(type, [.. members.Select(m => Exempt(m, Reasons.Number))]);
}
