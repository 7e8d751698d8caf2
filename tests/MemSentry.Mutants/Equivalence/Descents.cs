using MemSentry.AccessTable;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Equivalence;

/// <summary>Tells which instructions make an address that needs no check, out of one that was checked or out of nothing.</summary>
internal static class Descents
{
    /// <summary>What an instruction makes, given the state before it.</summary>
    public static Descent Of(Instruction code, CheckedState before) => code.OpCode.Code switch
    {
        Code.Ldloca or Code.Ldloca_S or Code.Ldarga or Code.Ldarga_S or Code.Ldelema or Code.Ldsflda or Code.Unbox => Descent.Same,

        // Null, and what only changes its type: nothing that was checked has 32 bits.
        Code.Ldc_I4_0 or Code.Ldnull => Descent.Same,
        Code.Conv_I or Code.Conv_U or Code.Conv_I8 or Code.Conv_U8 when before.IsChecked(before.Peek(0)) => Descent.Same,
        Code.Ldflda when before.IsChecked(before.Peek(0)) => Descent.Displaced,
        Code.Call when code.Operand is MethodReference callee && ApiTable.Find(callee)?.Result is { } result => OfResult(result, callee, before),
        _ => Descent.Unknown,
    };

    private static Descent OfResult(ApiResult result, MethodReference callee, CheckedState before)
    {
        if (result.Kind == ResultKind.Anchor)
            return Descent.Same;

        bool isOperand = result is { Kind: ResultKind.Derived, Displacement: null } && result.Operand != ApiOperand.Receiver;
        return isOperand && before.IsChecked(before.Peek(callee.Parameters.Count - 1 - result.Operand)) ? Descent.Same : Descent.Unknown;
    }
}
