using MemSentry.AccessTable;
using MemSentry.Analysis.Planning;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Checks;

/// <summary>
/// The mask of the method <c>sfi</c>: <c>ldc.i8 0x4000_0000_0000; conv.u; or</c>. There is no branch that a processor could run ahead of, and no
/// second copy of the address that could differ from the first: the access consumes what the mask leaves.
/// </summary>
internal sealed class MaskEmitter : ICheckEmitter
{
    public void Emit(PendingCode code, OperandCheck check, int offset) => EmitMask(code);

    /// <summary>Appends the mask of the number on top of the stack.</summary>
    public static void EmitMask(PendingCode code)
    {
        code.Add(Instruction.Create(OpCodes.Ldc_I8, AddressSpaceLayout.AliasBit));
        code.Add(Instruction.Create(OpCodes.Conv_U));
        code.Add(Instruction.Create(OpCodes.Or));
    }
}
