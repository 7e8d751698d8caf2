using MemSentry.Analysis.Stack;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Provenance;

/// <summary>Result types of arithmetic (ECMA-335 III.1.5, tables 2 to 6). An address that was computed is an origin of its own.</summary>
internal static class NumericRules
{
    /// <summary>The result of a binary operation.</summary>
    public static StackValue Binary(StackValue a, StackValue b, Code opcode)
    {
        if (a.Kind == StackKind.Reference && b.Kind == StackKind.Reference)
        {
            return StackValue.Native(AddressOrigin.Arithmetic);
        }

        if (a.Kind == StackKind.Reference || b.Kind == StackKind.Reference)
        {
            // A reference plus or minus an offset stays a reference; masked or multiplied it is a number.
            bool moves = opcode is Code.Add or Code.Add_Ovf or Code.Add_Ovf_Un or Code.Sub or Code.Sub_Ovf or Code.Sub_Ovf_Un;
            return moves
                ? StackValue.Reference(AddressOrigin.Arithmetic, a.Kind == StackKind.Reference ? a.Type : b.Type)
                : StackValue.Native(AddressOrigin.Arithmetic);
        }

        return (a.Kind, b.Kind) switch
        {
            (StackKind.Int32, StackKind.Int32) => StackValue.Int32,
            (StackKind.Float32, StackKind.Float32) => StackValue.Float32,
            (StackKind.Float32 or StackKind.Float64, StackKind.Float32 or StackKind.Float64) => StackValue.Float64,
            (StackKind.NativeInt, _) or (_, StackKind.NativeInt) => StackValue.Native(AddressOrigin.Arithmetic),
            (StackKind.Int64, _) or (_, StackKind.Int64) => StackValue.Int64,
            _ => throw new NotModelledException($"{opcode} on {a.Kind} and {b.Kind}"),
        };
    }

    /// <summary>The result of a shift, negation or complement.</summary>
    public static StackValue Unary(StackValue a) => a.Kind switch
    {
        StackKind.NativeInt or StackKind.Reference => StackValue.Native(AddressOrigin.Arithmetic),
        StackKind.Int32 or StackKind.Int64 or StackKind.Float32 or StackKind.Float64 => a,
        _ => throw new NotModelledException($"a shift or negation of {a.Kind}"),
    };

    /// <summary>The result of <c>conv.u</c> and its kin: the same address without its type, or a number that becomes an address.</summary>
    public static StackValue ToNative(StackValue a) => StackValue.Native(a.IsAddress ? a.Origin : AddressOrigin.Converted);
}
