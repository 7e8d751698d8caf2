using MemSentry.Analysis.Members;
using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Provenance;

/// <summary>What each instruction does to a <see cref="FrameState"/> (ECMA-335 III.3 and III.4). Every opcode is named; one that is not stops the analysis of the member.</summary>
internal sealed class FrameTransfer(MemberVariables variables, StackTypes types, RuntimeTypes runtimeTypes, CallResults results, Func<Instruction, bool> endsProofs)
{
    private readonly VariableRules _variables = new(variables, types);
    private readonly FieldRules _fields = new(types);

    public void Execute(Instruction instruction, FrameState state)
    {
        switch (instruction.OpCode.Code)
        {
            // Prefixes and instructions without operands or results.
            case Code.Nop or Code.Break or Code.Volatile or Code.Unaligned or Code.Constrained or Code.Tail or Code.Readonly or Code.No:
            case Code.Br or Code.Br_S or Code.Leave or Code.Leave_S or Code.Endfinally or Code.Jmp or Code.Rethrow:
                break;

            // Variables.
            case Code.Ldarg or Code.Ldarg_S or Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3:
            case Code.Ldloc or Code.Ldloc_S or Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_3:
                _variables.Load(instruction, state);
                break;
            case Code.Starg or Code.Starg_S:
            case Code.Stloc or Code.Stloc_S or Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3:
                _variables.Store(instruction, state);
                break;
            case Code.Ldarga or Code.Ldarga_S:
                _variables.LoadAddress(instruction, AddressOrigin.Argument, state);
                break;
            case Code.Ldloca or Code.Ldloca_S:
                _variables.LoadAddress(instruction, AddressOrigin.LocalVariable, state);
                break;

            // Constants.
            case Code.Ldc_I4 or Code.Ldc_I4_S or Code.Ldc_I4_M1 or Code.Ldc_I4_0 or Code.Ldc_I4_1 or Code.Ldc_I4_2 or Code.Ldc_I4_3:
            case Code.Ldc_I4_4 or Code.Ldc_I4_5 or Code.Ldc_I4_6 or Code.Ldc_I4_7 or Code.Ldc_I4_8 or Code.Sizeof:
                state.Push(StackValue.Int32);
                break;
            case Code.Ldc_I8:
                state.Push(StackValue.Int64);
                break;
            case Code.Ldc_R4:
                state.Push(StackValue.Float32);
                break;
            case Code.Ldc_R8:
                state.Push(StackValue.Float64);
                break;
            case Code.Ldnull or Code.Ldstr:
                state.Push(StackValue.Object);
                break;
            case Code.Ldtoken:
                state.Push(StackValue.Value(RuntimeHandle(instruction)));
                break;
            case Code.Arglist:
                state.Push(StackValue.Structure(runtimeTypes.Get("RuntimeArgumentHandle"), AddressOrigin.Argument));
                break;
            case Code.Ldftn:
                state.Push(StackValue.Native(AddressOrigin.MemberEntry));
                break;
            case Code.Ldvirtftn:
                Replace(1, StackValue.Native(AddressOrigin.MemberEntry), state);
                break;

            // The stack itself.
            case Code.Dup:
                state.Push(state.Peek(0));
                break;
            case Code.Pop or Code.Brtrue or Code.Brtrue_S or Code.Brfalse or Code.Brfalse_S or Code.Switch or Code.Endfilter:
            case Code.Throw:
                state.Pop();
                break;
            case Code.Ret:
                state.Pop(state.Depth);
                break;
            case Code.Beq or Code.Beq_S or Code.Bne_Un or Code.Bne_Un_S or Code.Bge or Code.Bge_S or Code.Bge_Un or Code.Bge_Un_S:
            case Code.Bgt or Code.Bgt_S or Code.Bgt_Un or Code.Bgt_Un_S or Code.Ble or Code.Ble_S or Code.Ble_Un or Code.Ble_Un_S:
            case Code.Blt or Code.Blt_S or Code.Blt_Un or Code.Blt_Un_S:
                state.Pop(2);
                break;

            // Arithmetic.
            case Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un:
                Replace(2, StackValue.Int32, state);
                break;
            case Code.Add or Code.Add_Ovf or Code.Add_Ovf_Un or Code.Sub or Code.Sub_Ovf or Code.Sub_Ovf_Un:
            case Code.Mul or Code.Mul_Ovf or Code.Mul_Ovf_Un or Code.Div or Code.Div_Un or Code.Rem or Code.Rem_Un:
            case Code.And or Code.Or or Code.Xor:
                Replace(2, NumericRules.Binary(state.Peek(1), state.Peek(0), instruction.OpCode.Code), state);
                break;
            case Code.Shl or Code.Shr or Code.Shr_Un:
                Replace(2, NumericRules.Unary(state.Peek(1)), state);
                break;
            case Code.Neg or Code.Not:
                Replace(1, NumericRules.Unary(state.Peek(0)), state);
                break;
            case Code.Ckfinite:
                Replace(1, state.Peek(0), state);
                break;
            case Code.Conv_I1 or Code.Conv_U1 or Code.Conv_I2 or Code.Conv_U2 or Code.Conv_I4 or Code.Conv_U4:
            case Code.Conv_Ovf_I1 or Code.Conv_Ovf_U1 or Code.Conv_Ovf_I2 or Code.Conv_Ovf_U2 or Code.Conv_Ovf_I4 or Code.Conv_Ovf_U4:
            case Code.Conv_Ovf_I1_Un or Code.Conv_Ovf_U1_Un or Code.Conv_Ovf_I2_Un or Code.Conv_Ovf_U2_Un or Code.Conv_Ovf_I4_Un or Code.Conv_Ovf_U4_Un:
                Replace(1, StackValue.Int32, state);
                break;
            case Code.Conv_I8 or Code.Conv_U8 or Code.Conv_Ovf_I8 or Code.Conv_Ovf_U8 or Code.Conv_Ovf_I8_Un or Code.Conv_Ovf_U8_Un:
                Replace(1, StackValue.Int64, state);
                break;
            case Code.Conv_I or Code.Conv_U or Code.Conv_Ovf_I or Code.Conv_Ovf_U or Code.Conv_Ovf_I_Un or Code.Conv_Ovf_U_Un:
                Replace(1, NumericRules.ToNative(state.Peek(0)), state);
                break;
            case Code.Conv_R4:
                Replace(1, StackValue.Float32, state);
                break;
            case Code.Conv_R8 or Code.Conv_R_Un:
                Replace(1, StackValue.Float64, state);
                break;

            // Memory.
            case Code.Ldind_I1 or Code.Ldind_U1 or Code.Ldind_I2 or Code.Ldind_U2 or Code.Ldind_I4 or Code.Ldind_U4:
                Replace(1, StackValue.Int32, state);
                break;
            case Code.Ldind_I8:
                Replace(1, StackValue.Int64, state);
                break;
            case Code.Ldind_I:
                Replace(1, StackValue.Native(AddressOrigin.LoadedFromMemory), state);
                break;
            case Code.Ldind_R4:
                Replace(1, StackValue.Float32, state);
                break;
            case Code.Ldind_R8:
                Replace(1, StackValue.Float64, state);
                break;
            case Code.Ldind_Ref:
                Replace(1, StackValue.Object, state);
                break;
            case Code.Ldobj:
                Replace(1, Content((TypeReference)instruction.Operand, state.Peek(0)), state);
                break;
            case Code.Stind_I1 or Code.Stind_I2 or Code.Stind_I4 or Code.Stind_I8 or Code.Stind_I or Code.Stind_R4 or Code.Stind_R8 or Code.Stind_Ref:
            case Code.Stobj or Code.Cpobj:
                state.Pop(2);
                break;
            case Code.Initobj:
                state.Pop();
                break;
            case Code.Cpblk or Code.Initblk:
                RequireShortLength(state.Peek(0));
                state.Pop(3);
                break;
            case Code.Localloc:
                Replace(1, StackValue.Native(AddressOrigin.StackAllocation), state);
                break;

            // Fields. A static field may run a static constructor, which is a call like any other.
            case Code.Ldfld:
                Replace(1, _fields.Content((FieldReference)instruction.Operand, state.Peek(0)), state);
                break;
            case Code.Ldflda:
                Replace(1, _fields.Address((FieldReference)instruction.Operand, state.Peek(0)), state);
                break;
            case Code.Stfld:
                state.Pop(2);
                break;
            case Code.Ldsfld:
                DistrustBehind(instruction, state);
                state.Push(_fields.StaticContent((FieldReference)instruction.Operand));
                break;
            case Code.Ldsflda:
                DistrustBehind(instruction, state);
                state.Push(StackValue.Reference(AddressOrigin.StaticField, FieldRules.TypeOf((FieldReference)instruction.Operand)));
                break;
            case Code.Stsfld:
                state.Pop();
                DistrustBehind(instruction, state);
                break;

            // Objects.
            case Code.Box or Code.Castclass or Code.Isinst:
                Replace(1, StackValue.Object, state);
                break;
            case Code.Newarr:
                Replace(1, StackValue.Object, state);
                break;
            case Code.Unbox:
                Replace(1, StackValue.Reference(AddressOrigin.BoxedValue, (TypeReference)instruction.Operand), state);
                break;
            case Code.Unbox_Any:
                Replace(1, types.Of((TypeReference)instruction.Operand, AddressOrigin.LoadedFromMemory), state);
                break;
            case Code.Ldlen:
                Replace(1, StackValue.Native(AddressOrigin.Converted), state);
                break;
            case Code.Ldelem_I1 or Code.Ldelem_U1 or Code.Ldelem_I2 or Code.Ldelem_U2 or Code.Ldelem_I4 or Code.Ldelem_U4:
                Replace(2, StackValue.Int32, state);
                break;
            case Code.Ldelem_I8:
                Replace(2, StackValue.Int64, state);
                break;
            case Code.Ldelem_I:
                Replace(2, StackValue.Native(AddressOrigin.LoadedFromMemory), state);
                break;
            case Code.Ldelem_R4:
                Replace(2, StackValue.Float32, state);
                break;
            case Code.Ldelem_R8:
                Replace(2, StackValue.Float64, state);
                break;
            case Code.Ldelem_Ref:
                Replace(2, StackValue.Object, state);
                break;
            case Code.Ldelem_Any:
                Replace(2, types.Of((TypeReference)instruction.Operand, AddressOrigin.LoadedFromMemory), state);
                break;
            case Code.Ldelema:
                Replace(2, StackValue.Reference(AddressOrigin.ArrayElement, (TypeReference)instruction.Operand), state);
                break;
            case Code.Stelem_I or Code.Stelem_I1 or Code.Stelem_I2 or Code.Stelem_I4 or Code.Stelem_I8:
            case Code.Stelem_R4 or Code.Stelem_R8 or Code.Stelem_Ref or Code.Stelem_Any:
                state.Pop(3);
                break;

            // Typed references.
            case Code.Mkrefany:
                Replace(1, StackValue.Structure(runtimeTypes.TypedReference, AddressOrigin.ReferenceResult), state);
                break;
            case Code.Refanyval:
                Replace(1, StackValue.Reference(AddressOrigin.TypedReferenceTarget, (TypeReference)instruction.Operand), state);
                break;
            case Code.Refanytype:
                Replace(1, StackValue.Value(runtimeTypes.Get("RuntimeTypeHandle")), state);
                break;

            // Calls.
            case Code.Call or Code.Callvirt or Code.Newobj or Code.Calli:
                Call(instruction, state);
                break;

            default:
                throw new NotModelledException($"the opcode {instruction.OpCode} is not known");
        }
    }

    /// <summary>What lies at an address. A structure with references inside stands if it is known to be one of that very type, and proven.</summary>
    private StackValue Content(TypeReference type, StackValue address)
    {
        StackValue content = types.Of(type, AddressOrigin.LoadedFromMemory);
        bool isThatStructure = address.Kind == StackKind.Reference && address.Origin.IsAnchor() && TypeIdentity.Same(address.Type, type);
        return content.HoldsReferences && isThatStructure ? content with { Origin = address.Origin } : content;
    }

    /// <summary>A block operation runs over at most 4 GiB, so the guards stop one that starts outside the block (ECMA-335 III.3.30: the length is unsigned int32).</summary>
    private static void RequireShortLength(StackValue length)
    {
        if (length.Kind != StackKind.Int32)
        {
            throw new NotModelledException("a block operation has a length that is not an int32");
        }
    }

    private static void Replace(int operands, StackValue result, FrameState state)
    {
        state.Pop(operands);
        state.Push(result);
    }

    private void DistrustBehind(Instruction instruction, FrameState state)
    {
        if (endsProofs(instruction))
        {
            state.DistrustRawPointers();
        }
    }

    private TypeReference RuntimeHandle(Instruction instruction) => runtimeTypes.Get(instruction.Operand switch
    {
        TypeReference => "RuntimeTypeHandle",
        FieldReference => "RuntimeFieldHandle",
        _ => "RuntimeMethodHandle",
    });

    private void Call(Instruction instruction, FrameState state)
    {
        CallShape call = CallShape.Of(instruction);
        StackValue? result = results.Of(instruction, call, state);
        state.Pop(call.OperandCount);
        DistrustBehind(instruction, state);
        if (result is { } value)
        {
            state.Push(value);
        }
    }
}
