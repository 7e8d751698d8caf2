using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// Where a body lets go of a reference to a structure with references inside: whoever has it as a number, or as a reference to something else, can put
/// any reference there, and so can trusted code that is lent a span to fill. After that, nobody answers any more for what such variables of the body hold;
/// and a structure that somebody else lent must not be let go of at all.
/// </summary>
internal sealed class Leaks(TypeShapes shapes, CallTargets targets, Variables variables)
{
    /// <summary>Whether an instruction leaks one.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="frame">The frame before it.</param>
    /// <param name="whose">The body's own and others', or only <see cref="Exposure.Lent"/> ones.</param>
    public bool Include(Instruction instruction, Frame frame, Exposure whose) => instruction.OpCode.Code switch
    {
        IL.Dup or IL.Pop or IL.Shr_Un => false,
        IL.Stloc or IL.Stloc_S or IL.Stloc_0 or IL.Stloc_1 or IL.Stloc_2 or IL.Stloc_3 or IL.Starg or IL.Starg_S =>
            variables.IsAddressTaken(variables.IndexOf(instruction)) && IsLeaked(frame.Peek(0), whose),
        IL.Conv_I or IL.Conv_U or IL.Conv_I8 or IL.Conv_U8 => false,
        IL.Call or IL.Callvirt or IL.Newobj or IL.Calli => InCall(instruction, frame, whose),
        IL.Ldflda => IsElsewhere(frame.Peek(0), ((FieldReference)instruction.Operand).DeclaringType, whose) || Uses(instruction, frame, whose),
        IL.Ret => frame.Depth > 0 && IsLeaked(frame.Peek(0), whose),
        IL.Stobj or IL.Stfld or IL.Stsfld or IL.Stind_I or IL.Stind_I8 or IL.Stelem_I or IL.Stelem_I8 or IL.Stelem_Any => IsKept(frame.Peek(0), whose) || Uses(instruction, frame, whose),
        _ => Uses(instruction, frame, whose),
    };

    private static bool Uses(Instruction instruction, Frame frame, Exposure whose)
    {
        if (instruction.OpCode.StackBehaviourPop == StackBehaviour.PopAll)
            return false;

        for (int i = StackTable.Operands(instruction.OpCode) - 1; i >= 0; i--)
        {
            if (IsLeaked(frame.Peek(i), whose))
                return true;
        }

        return false;
    }

    private static bool IsLeaked(Value value, Exposure whose) => value.Kind == ValueKind.Raw && value.Exposes >= whose;

    /// <summary>A reference that is stored as a value, in memory where nobody follows it.</summary>
    private bool IsKept(Value value, Exposure whose) => value.Kind == ValueKind.Reference && shapes.IsHolder(value.Type) && value.Whose >= whose;

    /// <summary>A reference that is used as one to something else than it refers to.</summary>
    private bool IsElsewhere(Value value, TypeReference type, Exposure whose) => IsKept(value, whose) && !SameType.Are(value.Type, type);

    private bool InCall(Instruction instruction, Frame frame, Exposure whose)
    {
        if (targets.IsThrow(instruction) || BorderChecks.IsCheck(instruction))
            return false;

        var call = new CallSignature(instruction);
        bool isTrusted = targets.MayRunTrusted(call.Callee);
        for (int i = 0; i < call.Arguments; i++)
        {
            Value value = frame.Peek(call.DepthOf(i));
            TypeReference? referred = TypeShapes.Referred(call.ArgumentType(i));
            bool changesType = referred is null || !SameType.Are(referred, value.Type) || Reinterprets(call, i);
            if (IsLeaked(value, whose) || (IsKept(value, whose) && (changesType || (isTrusted && SpanMembers.AreOf(value.Type)))))
                return true;
        }

        return call.HasReceiver && IsLeaked(frame.Peek(call.ReceiverDepth), whose);
    }

    /// <summary>Whether what a framework member returns is the same reference as another type, or as a number.</summary>
    private bool Reinterprets(CallSignature call, int argument) =>
        targets.Contract(call.Callee)?.Result is { Kind: AccessTable.ResultKind.Derived } result && result.Operand == argument
        && (result.IsReinterpreted || TypeShapes.Referred(call.Result) is null);
}
