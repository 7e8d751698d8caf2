using MemSentry.Verifier.Values;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// What arithmetic makes of distances. 32 bits wrap before they become 64: the result of an operation on two int32 is any int32, unless the operands leave no room
/// for that. Of an int32 without a distance nothing is known, not even that it has 32 bits: a callee may have kept it where it was overwritten.
/// </summary>
internal static class Sums
{
    /// <summary>The result of an operation, with what is known of it.</summary>
    public static Value Of(IL opcode, Value a, Value b, Value result)
    {
        if (result.Kind is not (ValueKind.Raw or ValueKind.Int32))
            return result;

        Distance? distance = a.Kind == ValueKind.Reference || b.Kind == ValueKind.Reference ? null : Distance(opcode, a, b, result.Kind);
        bool isNarrow = result.Kind == ValueKind.Int32;
        if (WidensWithZeros(opcode) && a.Kind != b.Kind && (IsNegative(a) || IsNegative(b)))
            return result with { Near = null };
        if (isNarrow && (a.Distance is null || b.Distance is null) && !IsOfLowBits(opcode))
            return result with { Near = null };
        if (isNarrow && distance?.IsWithin(Values.Distance.Int32) != true)
            return result with { Near = Values.Distance.Int32 };
        return result with { Near = distance, Lineage = isNarrow ? null : Lineage(opcode, a, b) };
    }

    /// <summary>An int32 that meets a number of 64 bits is widened by its sign, but not if overflow is looked for without sign.</summary>
    private static bool WidensWithZeros(IL opcode) => opcode is IL.Add_Ovf_Un or IL.Sub_Ovf_Un or IL.Mul_Ovf_Un;

    /// <summary>
    /// Whether the result is made of the low 32 bits of the operands, whatever the JIT keeps above them. What a loop adds, multiplies or shifts left it may compute
    /// in 64 bits; nothing else.
    /// </summary>
    private static bool IsOfLowBits(IL opcode) => opcode is IL.And or IL.Or or IL.Xor or IL.Div or IL.Div_Un or IL.Rem or IL.Rem_Un or IL.Shr or IL.Shr_Un;

    private static bool IsNegative(Value value) => value is { Kind: ValueKind.Int32, Distance: not { Low: >= 0 } };

    private static Distance? Distance(IL opcode, Value first, Value second, ValueKind kind) => (opcode, first.Distance, second.Distance) switch
    {
        (IL.Add or IL.Add_Ovf or IL.Add_Ovf_Un, { } a, { IsNumber: true } b) => a.Plus(b.Low, b.High),
        (IL.Add or IL.Add_Ovf or IL.Add_Ovf_Un, { IsNumber: true } a, { } b) => b.Plus(a.Low, a.High),
        (IL.Sub or IL.Sub_Ovf or IL.Sub_Ovf_Un, { } a, { IsNumber: true } b) => a.Plus(-b.High, -b.Low),
        (IL.Mul or IL.Mul_Ovf or IL.Mul_Ovf_Un, { IsNumber: true } a, { IsNumber: true } b) => Product(a, b),
        (IL.Shl, { IsNumber: true } a, { IsConstant: true, Low: >= 0 and < 40 } b) => Product(a, Values.Distance.Number(1L << (int)b.Low)),
        (IL.And, _, { IsConstant: true, Low: >= 0 } mask) => new Distance(0, mask.Low, true),
        (IL.And, { IsConstant: true, Low: >= 0 } mask, _) => new Distance(0, mask.Low, true),
        (IL.Shr_Un, _, { IsConstant: true, Low: >= 24 and < 64 } b) when kind == ValueKind.Raw => new Distance(0, (1L << (64 - (int)b.Low)) - 1, true),
        (IL.Rem_Un, _, { IsConstant: true, Low: > 0 } b) when kind == ValueKind.Raw => new Distance(0, b.Low - 1, true),
        _ => null,
    };

    private static Distance? Product(Distance a, Distance b)
    {
        Int128[] corners = [(Int128)a.Low * b.Low, (Int128)a.Low * b.High, (Int128)a.High * b.Low, (Int128)a.High * b.High];
        (Int128 low, Int128 high) = (corners.Min(), corners.Max());
        return low >= -Values.Distance.Limit && high <= Values.Distance.Limit ? new Distance((long)low, (long)high, true) : null;
    }

    private static Lineage? Lineage(IL opcode, Value a, Value b) => opcode switch
    {
        IL.Add or IL.Add_Ovf or IL.Add_Ovf_Un when b.Distance is { IsNumber: true } moved => a.Lineage?.Plus(moved),
        IL.Add or IL.Add_Ovf or IL.Add_Ovf_Un when a.Distance is { IsNumber: true } moved => b.Lineage?.Plus(moved),
        IL.Sub or IL.Sub_Ovf or IL.Sub_Ovf_Un when b.Distance is { IsNumber: true } moved => a.Lineage?.Minus(moved),
        _ => null,
    };
}
