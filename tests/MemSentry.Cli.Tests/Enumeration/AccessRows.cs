using System.Reflection.Metadata;

namespace MemSentry.Cli.Tests.Enumeration;

/// <summary>Which operands of which opcodes are loaded from and stored to: ECMA-335 III.3 and III.4 read once more, by hand.</summary>
internal static class AccessRows
{
    public static IEnumerable<(string Kind, int Operand)> Of(ILOpCode code, SlotStack before)
    {
        switch (code)
        {
            case >= ILOpCode.Ldind_i1 and <= ILOpCode.Ldind_ref:
            case ILOpCode.Ldobj:
                return [("load", 0)];
            case >= ILOpCode.Stind_ref and <= ILOpCode.Stind_r8:
            case ILOpCode.Stind_i:
            case ILOpCode.Stobj:
                return [("store", 1)];
            case ILOpCode.Cpobj:
                return [("load", 0), ("store", 1)];
            case ILOpCode.Initobj:
                return [("store", 0)];
            case ILOpCode.Cpblk:
                return [("load", 1), ("store", 2)];
            case ILOpCode.Initblk:
                return [("store", 2)];
            case ILOpCode.Ldfld when before.Peek(0) != Slot.Other:
                return [("load", 0)];
            case ILOpCode.Stfld when before.Peek(1) != Slot.Other:
                return [("store", 1)];
            default:
                return [];
        }
    }
}
