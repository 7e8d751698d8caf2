using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>How many operands an instruction takes from the evaluation stack and how many it puts there.</summary>
internal static class StackEffect
{
    /// <summary>The depth behind an instruction.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="depth">The depth before it.</param>
    /// <param name="modifiedVoidIsValue">Count a call that returns "void with a modifier", as init accessors do, the way Cecil does: as a value.</param>
    public static int DepthAfter(Instruction instruction, int depth, bool modifiedVoidIsValue = false)
    {
        if (instruction.OpCode.StackBehaviourPop == StackBehaviour.PopAll)
            return 0;

        return instruction.Operand is IMethodSignature signature && instruction.OpCode.FlowControl == FlowControl.Call
            ? depth + OfCall(instruction.OpCode.Code, signature, modifiedVoidIsValue)
            : depth + Pushes(instruction.OpCode.StackBehaviourPush) - Pops(instruction.OpCode.StackBehaviourPop);
    }

    private static int OfCall(Code code, IMethodSignature signature, bool modifiedVoidIsValue)
    {
        int change = -signature.Parameters.Count;
        if (code == Code.Newobj)
            return change + 1;

        if (signature.HasThis && !signature.ExplicitThis)
            change--;
        if (code == Code.Calli)
            change--;

        TypeReference type = signature.ReturnType;
        while (!modifiedVoidIsValue && type is IModifierType modifier)
            type = modifier.ElementType;

        return type.MetadataType == MetadataType.Void ? change : change + 1;
    }

    private static int Pops(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8
            or StackBehaviour.Popref_popi_popr4 or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref => 3,
        _ => 0,
    };

    private static int Pushes(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Push1 or StackBehaviour.Pushi or StackBehaviour.Pushi8 or StackBehaviour.Pushr4 or StackBehaviour.Pushr8
            or StackBehaviour.Pushref => 1,
        StackBehaviour.Push1_push1 => 2,
        _ => 0,
    };
}
