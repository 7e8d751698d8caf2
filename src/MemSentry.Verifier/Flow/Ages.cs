using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// Which results are as old as what they were made of. A number that was there before a call is, to the JIT, the same number behind it, and so is whatever is
/// computed from it; a compare or a mask behind the call may then be the one before it, kept in a register that the callee could lose to an attacker. What comes
/// from memory that others can write is new, as is the result of a call. The body's own variables are no such memory, though their address be taken, because
/// the JIT sees through the address: of them only a volatile load is new, which no JIT may answer by what it knows.
/// </summary>
/// <param name="variables">The variables of the body.</param>
/// <param name="leaves">Knows the calls whose results are computed in place.</param>
/// <param name="matters">Whether anything gets old: whether there are calls or handlers, and they end proofs.</param>
internal sealed class Ages(Variables variables, LeafCode leaves, bool matters)
{
    /// <summary>The age of the result of an instruction, given the frame before it; null if there is none, or if the instruction only moves a value about.</summary>
    public (bool IsOld, bool IsIndex)? Of(Instruction instruction, Frame frame) => matters ? AgeOf(instruction, frame) : null;

    private (bool IsOld, bool IsIndex)? AgeOf(Instruction instruction, Frame frame)
    {
        switch (instruction.OpCode.Code)
        {
            case IL.Ldarg or IL.Ldarg_S or IL.Ldloc or IL.Ldloc_S or (>= IL.Ldarg_0 and <= IL.Ldloc_3):
                return variables.IsAddressTaken(variables.IndexOf(instruction)) ? (true, false) : null;
            case IL.Ldfld when !frame.Peek(0).IsAddress:
                // The field of an object is memory that others can write, however old the reference to it.
                return (frame.Peek(0).IsOld && frame.Peek(0).Kind != ValueKind.Object, false);
            case IL.Ldfld or IL.Ldobj or (>= IL.Ldind_I1 and <= IL.Ldind_Ref):
                return (frame.Peek(0).IsOwn && !Prefixes.MakeVolatile(instruction), false);
            case IL.Call or IL.Callvirt or IL.Newobj when leaves.IsCallOfLeaf(instruction):
                var call = new CallSignature(instruction);
                return TypeShapes.Bare(call.Result).MetadataType == MetadataType.Void ? null : AgeOf(frame, call.OperandCount);
            case >= IL.Add and <= IL.Conv_U8 or (>= IL.Conv_Ovf_I1_Un and <= IL.Conv_Ovf_U_Un) or (>= IL.Conv_Ovf_I1 and <= IL.Conv_Ovf_U8):
            case IL.Conv_U2 or IL.Conv_U1 or IL.Conv_I or IL.Conv_Ovf_I or IL.Conv_Ovf_U or (>= IL.Add_Ovf and <= IL.Sub_Ovf_Un) or IL.Conv_U or IL.Ldflda:
                return AgeOf(frame, StackTable.Operands(instruction.OpCode));
            default:
                return null;
        }
    }

    /// <summary>What comes out of an object was read from memory that others can write.</summary>
    private static (bool IsOld, bool IsIndex) AgeOf(Frame frame, int operands)
    {
        bool isIndex = true;
        bool anyIsOld = false;
        bool pointerIsOld = false;
        for (int depth = 0; depth < operands; depth++)
        {
            Value operand = frame.Peek(depth);
            bool isOld = operand.IsOld && operand.Kind != ValueKind.Object;
            isIndex &= operand.CountsAsIndex;
            anyIsOld |= isOld;
            pointerIsOld |= isOld && !operand.CountsAsIndex;
        }

        return (isIndex ? anyIsOld : pointerIsOld, isIndex);
    }
}
