using MemSentry.AccessTable;
using MemSentry.Analysis.Planning;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Checks;

/// <summary>
/// The check of the method <c>mpx</c>, and of what other methods cannot mask: compare the top of the stack with the block and throw if it lies inside.
/// <code>
///     dup; conv.u; ldc.i4 42; shr.un; ldc.i4 4; bne.un OK             hot: a shift, a compare, a branch that is never taken
///     dup; conv.u; ldc.i4 member; ldc.i4 offset; ldc.i4 kind; call Throw      cold, and so are its constants
/// OK:
/// </code>
/// <c>conv.u</c> makes a number of a pointer or a managed reference. Only the number is compared and reported: the access consumes the
/// original, which the garbage collector may have moved in the meantime.
/// </summary>
internal sealed class MpxCheckEmitter(MethodReference throwHelper, Func<int> member) : ICheckEmitter
{
    public void Emit(PendingCode code, OperandCheck check, int offset) => EmitTop(code, check.Kind, offset);

    /// <summary>The check of a number on the stack that accesses are displaced from; it lies on top where the check goes.</summary>
    public void EmitBase(PendingCode code, BaseCheck check) => EmitTop(code, check.Kind, check.Offset);

    /// <summary>The check of a variable, which leaves the stack as it is: with a load of it in place of each <c>dup</c>.</summary>
    public void EmitVariable(PendingCode code, VariableCheck check) => Compare(code, () => CompactInstruction.Load(check.Variable), check.Kind, check.Offset);

    private void EmitTop(PendingCode code, AccessKind kind, int offset) => Compare(code, () => Instruction.Create(OpCodes.Dup), kind, offset);

    private void Compare(PendingCode code, Func<Instruction> address, AccessKind kind, int offset)
    {
        code.Add(address());
        code.Add(Instruction.Create(OpCodes.Conv_U));
        code.Add(CompactInstruction.LoadInt32(AddressSpaceLayout.BlockShift));
        code.Add(Instruction.Create(OpCodes.Shr_Un));
        code.Add(CompactInstruction.LoadInt32(AddressSpaceLayout.BlockIndex));
        Instruction outside = code.AddForward(OpCodes.Bne_Un_S);

        code.Add(address());
        code.Add(Instruction.Create(OpCodes.Conv_U));
        code.Add(CompactInstruction.LoadInt32(member()));
        code.Add(CompactInstruction.LoadInt32(offset));
        code.Add(CompactInstruction.LoadInt32((int)kind));
        code.Add(Instruction.Create(OpCodes.Call, throwHelper));
        code.Land(outside);
    }
}
