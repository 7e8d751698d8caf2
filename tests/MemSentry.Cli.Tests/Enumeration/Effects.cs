using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace MemSentry.Cli.Tests.Enumeration;

/// <summary>What each instruction does to the stack (ECMA-335 III.3 and III.4).</summary>
internal sealed class Effects(Metadata metadata, Slot[] arguments, Slot[] locals)
{
    public void Apply(DecodedInstruction i, SlotStack stack)
    {
        switch (i.Code)
        {
            case ILOpCode.Ldarg_0 or ILOpCode.Ldarg_1 or ILOpCode.Ldarg_2 or ILOpCode.Ldarg_3:
                stack.Push(arguments[i.Code - ILOpCode.Ldarg_0]);
                break;
            case ILOpCode.Ldarg or ILOpCode.Ldarg_s:
                stack.Push(arguments[i.Operand]);
                break;
            case ILOpCode.Ldloc_0 or ILOpCode.Ldloc_1 or ILOpCode.Ldloc_2 or ILOpCode.Ldloc_3:
                stack.Push(locals[i.Code - ILOpCode.Ldloc_0]);
                break;
            case ILOpCode.Ldloc or ILOpCode.Ldloc_s:
                stack.Push(locals[i.Operand]);
                break;
            case ILOpCode.Dup:
                stack.Push(stack.Peek(0));
                break;
            case ILOpCode.Call or ILOpCode.Callvirt or ILOpCode.Newobj:
                Call(i, stack);
                break;
            case ILOpCode.Calli:
                MethodSignature<TypeShape> site = metadata.CallSite(i.Operand);
                stack.Pop(1 + site.ParameterTypes.Length + (site.Header.IsInstance && !site.Header.HasExplicitThis ? 1 : 0));
                PushResult(site, stack);
                break;
            case ILOpCode.Ldobj or ILOpCode.Unbox_any:
                stack.Pop();
                stack.Push(metadata.SlotOf(i.Operand));
                break;
            case ILOpCode.Ldelem:
                stack.Pop(2);
                stack.Push(metadata.SlotOf(i.Operand));
                break;
            case ILOpCode.Ldfld:
                stack.Pop();
                stack.Push(metadata.SlotOfField(i.Operand));
                break;
            case ILOpCode.Ldsfld:
                stack.Push(metadata.SlotOfField(i.Operand));
                break;
            case ILOpCode.Ldflda:
                stack.Push(stack.Pop() == Slot.Number ? Slot.Number : Slot.Reference);
                break;
            case ILOpCode.Add or ILOpCode.Add_ovf or ILOpCode.Add_ovf_un or ILOpCode.Sub or ILOpCode.Sub_ovf or ILOpCode.Sub_ovf_un
                or ILOpCode.Mul or ILOpCode.Mul_ovf or ILOpCode.Mul_ovf_un or ILOpCode.Div or ILOpCode.Div_un or ILOpCode.Rem or ILOpCode.Rem_un
                or ILOpCode.And or ILOpCode.Or or ILOpCode.Xor:
                Slot right = stack.Pop();
                Slot left = stack.Pop();

                // The difference of two references is a number (III.1.5, table 2); otherwise the stronger operand decides.
                stack.Push(left == Slot.Reference && right == Slot.Reference ? Slot.Number : left > right ? left : right);
                break;
            case ILOpCode.Shl or ILOpCode.Shr or ILOpCode.Shr_un:
                stack.Pop();
                break;
            case ILOpCode.Neg or ILOpCode.Not or ILOpCode.Ckfinite:
                break;
            case ILOpCode.Ret:
                stack.Clear();
                break;
            default:
                ByTable(i, stack);
                break;
        }
    }

    private void Call(DecodedInstruction i, SlotStack stack)
    {
        (MethodSignature<TypeShape> signature, TypeShape? parent) = metadata.Callee(i.Operand);
        bool constructs = i.Code == ILOpCode.Newobj;
        stack.Pop(signature.ParameterTypes.Length + (signature.Header.IsInstance && !signature.Header.HasExplicitThis && !constructs ? 1 : 0));
        if (constructs)
            stack.Push(parent?.Slot ?? Slot.Other);
        else
            PushResult(signature, stack);
    }

    private static void PushResult(MethodSignature<TypeShape> signature, SlotStack stack)
    {
        if (!signature.ReturnType.IsVoid)
            stack.Push(signature.ReturnType.Slot);
    }

    /// <summary>The rest pops and pushes a fixed number of values, at most one of which is an address.</summary>
    private static void ByTable(DecodedInstruction i, SlotStack stack)
    {
        stack.Pop(Pops(i.Opcode.StackBehaviourPop));
        if (i.Opcode.StackBehaviourPush != StackBehaviour.Push0)
            stack.Push(Pushed(i.Code));
    }

    private static Slot Pushed(ILOpCode code) => code switch
    {
        ILOpCode.Ldarga or ILOpCode.Ldarga_s or ILOpCode.Ldloca or ILOpCode.Ldloca_s or ILOpCode.Ldelema or ILOpCode.Ldsflda
            or ILOpCode.Unbox or ILOpCode.Refanyval => Slot.Reference,
        ILOpCode.Conv_i or ILOpCode.Conv_u or ILOpCode.Conv_ovf_i or ILOpCode.Conv_ovf_i_un or ILOpCode.Conv_ovf_u or ILOpCode.Conv_ovf_u_un
            or ILOpCode.Ldind_i or ILOpCode.Ldelem_i or ILOpCode.Ldlen or ILOpCode.Ldftn or ILOpCode.Ldvirtftn or ILOpCode.Localloc => Slot.Number,
        _ => Slot.Other,
    };

    private static int Pops(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8 or StackBehaviour.Popi_popr4
            or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8 or StackBehaviour.Popref_popi_popr4
            or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref or StackBehaviour.Popref_popi_pop1 => 3,
        _ => throw new NotSupportedException($"An instruction pops {behaviour}."),
    };
}
