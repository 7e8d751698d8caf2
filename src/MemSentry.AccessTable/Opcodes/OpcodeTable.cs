using Mono.Cecil.Cil;

namespace MemSentry.AccessTable;

/// <summary>
/// The opcodes that access memory through an operand (ECMA-335 III.3 and III.4), as data. Object accesses (<c>ldelem</c>, <c>ldfld</c> on an object,
/// <c>ldlen</c>) are bounds-checked by the runtime and are not raw. Whether the base of <c>ldfld</c> and <c>stfld</c> is an address is known only
/// from its stack type. Calls are not listed: their operands follow from the callee's signature.
/// </summary>
public static class OpcodeTable
{
    private static readonly AddressOperand[] LoadTop = [new(0, AccessKind.Load)];
    private static readonly AddressOperand[] StoreTop = [new(0, AccessKind.Store)];
    private static readonly AddressOperand[] StoreBelowValue = [new(1, AccessKind.Store)];

    private static readonly Dictionary<Code, AddressOperand[]> Rows = new()
    {
        [Code.Ldind_I1] = LoadTop,
        [Code.Ldind_U1] = LoadTop,
        [Code.Ldind_I2] = LoadTop,
        [Code.Ldind_U2] = LoadTop,
        [Code.Ldind_I4] = LoadTop,
        [Code.Ldind_U4] = LoadTop,
        [Code.Ldind_I8] = LoadTop,
        [Code.Ldind_I] = LoadTop,
        [Code.Ldind_R4] = LoadTop,
        [Code.Ldind_R8] = LoadTop,
        [Code.Ldind_Ref] = LoadTop,
        [Code.Stind_I1] = StoreBelowValue,
        [Code.Stind_I2] = StoreBelowValue,
        [Code.Stind_I4] = StoreBelowValue,
        [Code.Stind_I8] = StoreBelowValue,
        [Code.Stind_I] = StoreBelowValue,
        [Code.Stind_R4] = StoreBelowValue,
        [Code.Stind_R8] = StoreBelowValue,
        [Code.Stind_Ref] = StoreBelowValue,
        [Code.Ldobj] = LoadTop,
        [Code.Stobj] = StoreBelowValue,
        [Code.Cpobj] = [new(0, AccessKind.Load), new(1, AccessKind.Store)],
        [Code.Initobj] = StoreTop,
        [Code.Ldfld] = LoadTop,
        [Code.Stfld] = StoreBelowValue,
        [Code.Cpblk] = [new(1, AccessKind.Load), new(2, AccessKind.Store)],
        [Code.Initblk] = [new(2, AccessKind.Store)],
        [Code.Mkrefany] = [new(0, AccessKind.Conversion)],
    };

    private static readonly AddressOperand[]?[] ByCode = [.. Enum.GetValues<Code>().Select(Rows.GetValueOrDefault)];

    /// <summary>The opcodes with a row.</summary>
    public static IReadOnlyCollection<Code> Opcodes => Rows.Keys;

    /// <summary>The operands through which an opcode may touch memory; empty for an opcode without a row.</summary>
    public static ReadOnlySpan<AddressOperand> OperandsOf(Code opcode) => ByCode[(int)opcode];
}
