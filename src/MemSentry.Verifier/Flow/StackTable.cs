using MemSentry.Verifier.Values;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Flow;

/// <summary>What opcodes without a rule of their own pop and push: the columns of the table in ECMA-335 III.1.9.</summary>
internal static class StackTable
{
    public static int Operands(OpCode opcode) => opcode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8
            or StackBehaviour.Popref_popi_popr4 or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref => 3,
        _ => throw RejectionException.NotUnderstood($"The opcode {opcode} pops {opcode.StackBehaviourPop}"),
    };

    /// <summary>What is pushed, null for nothing. <c>Pushi</c> stands for int32 and native int alike, so the weaker is taken.</summary>
    public static Value? Result(OpCode opcode) => opcode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => null,
        StackBehaviour.Pushi or StackBehaviour.Pushi8 => Value.Raw,
        StackBehaviour.Pushr4 or StackBehaviour.Pushr8 => Value.Float,
        StackBehaviour.Pushref => Value.Object,
        _ => throw RejectionException.NotUnderstood($"The opcode {opcode} pushes {opcode.StackBehaviourPush}"),
    };
}
