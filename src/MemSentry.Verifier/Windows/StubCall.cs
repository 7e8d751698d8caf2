using MemSentry.AccessTable;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Windows;

/// <summary>
/// Recognises calls of the stubs that open and close domains with protection keys: <c>ldc.i8 address, conv.u, calli</c>. The address is a constant of the code; what
/// is computed is not accepted.
/// </summary>
internal static class StubCall
{
    /// <summary>Instructions of a call.</summary>
    public const int Length = 3;

    /// <summary>IMAGE_CEE_CS_CALLCONV_UNMANAGED.</summary>
    private const MethodCallingConvention Unmanaged = (MethodCallingConvention)9;

    /// <summary>Whether the instructions from one on call a stub of a domain.</summary>
    public static bool Is(Instruction? first, int domain, GateEntry entry)
    {
        bool answers = entry is GateEntry.StateToRead or GateEntry.StateToWrite or GateEntry.MayRead or GateEntry.MayWrite;
        return first is { OpCode.Code: Code.Ldc_I8, Operand: long address, Next: { OpCode.Code: Code.Conv_U, Next: { OpCode.Code: Code.Calli, Operand: CallSite site } } }
            && address == GateLayout.AddressOf(domain, entry)
            && site is { CallingConvention: Unmanaged, HasThis: false, Parameters.Count: 0, ReturnType: OptionalModifierType { ModifierType.Name: "CallConvSuppressGCTransition" } result }
            && result.ElementType.MetadataType == (answers ? MetadataType.Int32 : MetadataType.Void);
    }

    /// <summary>Whether an instruction pushes an address in the range of the stubs.</summary>
    public static bool Names(Instruction instruction) =>
        instruction is { OpCode.Code: Code.Ldc_I8, Operand: >= GateLayout.Start and < GateLayout.Start + ((long)GateLayout.Pages * GateLayout.PageLength) };
}
