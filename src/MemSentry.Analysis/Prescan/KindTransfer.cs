using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MemSentry.Analysis.Prescan;

/// <summary>What each instruction does to a <see cref="KindStack"/>. An opcode that is not named ends the scan.</summary>
internal sealed class KindTransfer(TokenKinds tokens, KindStack stack, BranchStates branches, KindRules rules)
{
    private readonly KindVariables _variables = new(tokens);

    /// <summary>Begins with a body.</summary>
    /// <inheritdoc cref="KindVariables.Begin" path="/param"/>
    public void Begin(MethodSignature<SlotKind> signature, TypeDefinitionHandle type, ImmutableArray<SlotKind> locals) => _variables.Begin(signature, type, locals);

    /// <summary>Executes an instruction (ECMA-335 III.3 and III.4).</summary>
    /// <returns>Whether control can go on to the next.</returns>
    public bool Execute(ref BlobReader code)
    {
        ILOpCode opcode = code.ReadOpcode();
        switch (opcode)
        {
            case ILOpCode.Nop or ILOpCode.Volatile:
                return true;

            // Variables.
            case >= ILOpCode.Ldarg_0 and <= ILOpCode.Ldarg_3:
                return rules.LoadVariable(_variables.Argument(opcode - ILOpCode.Ldarg_0));
            case ILOpCode.Ldarg_s:
                return rules.LoadVariable(_variables.Argument(code.ReadByte()));
            case ILOpCode.Ldarg:
                return rules.LoadVariable(_variables.Argument(code.ReadUInt16()));
            case ILOpCode.Starg_s:
                return rules.StoreValue(_variables.Argument(code.ReadByte()));
            case ILOpCode.Starg:
                return rules.StoreValue(_variables.Argument(code.ReadUInt16()));
            case >= ILOpCode.Ldloc_0 and <= ILOpCode.Ldloc_3:
                return rules.LoadVariable(_variables.Local(opcode - ILOpCode.Ldloc_0));
            case ILOpCode.Ldloc_s:
                return rules.LoadVariable(_variables.Local(code.ReadByte()));
            case ILOpCode.Ldloc:
                return rules.LoadVariable(_variables.Local(code.ReadUInt16()));
            case >= ILOpCode.Stloc_0 and <= ILOpCode.Stloc_3:
                return rules.StoreValue(_variables.Local(opcode - ILOpCode.Stloc_0));
            case ILOpCode.Stloc_s:
                return rules.StoreValue(_variables.Local(code.ReadByte()));
            case ILOpCode.Stloc:
                return rules.StoreValue(_variables.Local(code.ReadUInt16()));

            case ILOpCode.Ldarga_s:
                return rules.LoadAddress(_variables.Argument(code.ReadByte()));
            case ILOpCode.Ldarga:
                return rules.LoadAddress(_variables.Argument(code.ReadUInt16()));
            case ILOpCode.Ldloca_s:
                return rules.LoadAddress(_variables.Local(code.ReadByte()));
            case ILOpCode.Ldloca:
                return rules.LoadAddress(_variables.Local(code.ReadUInt16()));

            // Constants.
            case ILOpCode.Ldnull:
                return rules.Load(SlotKind.Object);
            case ILOpCode.Ldstr:
                if (tokens.NameEntry(MetadataTokens.UserStringHandle(code.ReadInt32() & 0xFFFFFF)))
                {
                    // Reflection finds members by their names: that is for the analysis, as with tokens.
                    stack.Fail();
                }

                return rules.Load(SlotKind.Object);
            case >= ILOpCode.Ldc_i4_m1 and <= ILOpCode.Ldc_i4_8:
                return rules.Load(SlotKind.Number);
            case ILOpCode.Ldc_i4_s:
                _ = code.ReadByte();
                return rules.Load(SlotKind.Number);
            case ILOpCode.Ldc_i4 or ILOpCode.Ldc_r4 or ILOpCode.Sizeof:
                _ = code.ReadInt32();
                return rules.Load(SlotKind.Number);
            case ILOpCode.Ldc_i8 or ILOpCode.Ldc_r8:
                _ = code.ReadInt64();
                return rules.Load(SlotKind.Number);
            case ILOpCode.Ldtoken:
                if (code.ReadToken().Kind is not (HandleKind.TypeDefinition or HandleKind.TypeReference or HandleKind.TypeSpecification or HandleKind.FieldDefinition))
                {
                    // Who names a member may hand its entry to anybody: that is for the analysis, which asks who calls it.
                    stack.Fail();
                }

                return rules.Load(SlotKind.Structure);

            // The stack itself.
            case ILOpCode.Dup:
                SlotKind top = stack.Pop();
                stack.Push(top);
                stack.Push(top);
                return true;
            case ILOpCode.Pop:
                _ = stack.Pop();
                return true;

            // Arithmetic.
            case ILOpCode.Add or ILOpCode.Sub or ILOpCode.Mul or ILOpCode.Div or ILOpCode.Div_un or ILOpCode.Rem or ILOpCode.Rem_un:
            case ILOpCode.And or ILOpCode.Or or ILOpCode.Xor or ILOpCode.Shl or ILOpCode.Shr or ILOpCode.Shr_un:
            case ILOpCode.Add_ovf or ILOpCode.Add_ovf_un or ILOpCode.Sub_ovf or ILOpCode.Sub_ovf_un or ILOpCode.Mul_ovf or ILOpCode.Mul_ovf_un:
                stack.Pop(SlotKind.Number);
                stack.Replace(SlotKind.Number, SlotKind.Number);
                return true;
            case ILOpCode.Neg or ILOpCode.Not or ILOpCode.Conv_r4 or ILOpCode.Conv_r8 or ILOpCode.Conv_r_un:
                stack.Replace(SlotKind.Number, SlotKind.Number);
                return true;
            case ILOpCode.Conv_i1 or ILOpCode.Conv_i2 or ILOpCode.Conv_i4 or ILOpCode.Conv_i8:
            case ILOpCode.Conv_u1 or ILOpCode.Conv_u2 or ILOpCode.Conv_u4 or ILOpCode.Conv_u8:
            case ILOpCode.Conv_ovf_i1 or ILOpCode.Conv_ovf_i2 or ILOpCode.Conv_ovf_i4 or ILOpCode.Conv_ovf_i8:
            case ILOpCode.Conv_ovf_u1 or ILOpCode.Conv_ovf_u2 or ILOpCode.Conv_ovf_u4 or ILOpCode.Conv_ovf_u8:
            case ILOpCode.Conv_ovf_i1_un or ILOpCode.Conv_ovf_i2_un or ILOpCode.Conv_ovf_i4_un or ILOpCode.Conv_ovf_i8_un:
            case ILOpCode.Conv_ovf_u1_un or ILOpCode.Conv_ovf_u2_un or ILOpCode.Conv_ovf_u4_un or ILOpCode.Conv_ovf_u8_un:
                stack.PopInteger();
                return rules.Load(SlotKind.Number);
            case ILOpCode.Ceq or ILOpCode.Cgt or ILOpCode.Cgt_un or ILOpCode.Clt or ILOpCode.Clt_un:
                stack.PopCompared();
                return rules.Load(SlotKind.Number);

            // Memory.
            case ILOpCode.Ldind_i1 or ILOpCode.Ldind_u1 or ILOpCode.Ldind_i2 or ILOpCode.Ldind_u2 or ILOpCode.Ldind_i4 or ILOpCode.Ldind_u4:
            case ILOpCode.Ldind_i8 or ILOpCode.Ldind_r4 or ILOpCode.Ldind_r8:
                return rules.LoadIndirect(SlotKind.Number);
            case ILOpCode.Ldind_ref:
                return rules.LoadIndirect(SlotKind.Object);
            case ILOpCode.Ldobj:
                return rules.LoadIndirect(tokens.Type(code.ReadToken()));
            case ILOpCode.Stind_i1 or ILOpCode.Stind_i2 or ILOpCode.Stind_i4 or ILOpCode.Stind_i8 or ILOpCode.Stind_r4 or ILOpCode.Stind_r8:
                return rules.StoreIndirect(SlotKind.Number);
            case ILOpCode.Stind_ref:
                return rules.StoreIndirect(SlotKind.Object);
            case ILOpCode.Stobj:
                return rules.StoreIndirect(tokens.Type(code.ReadToken()));
            case ILOpCode.Initobj:
                return rules.Initialize(tokens.Type(code.ReadToken()));

            // Fields.
            case ILOpCode.Ldfld:
                return rules.LoadField(tokens.Field(code.ReadToken()));
            case ILOpCode.Ldflda:
                stack.Pop(SlotKind.Object);
                return rules.LoadAddress(tokens.Field(code.ReadToken()));
            case ILOpCode.Stfld:
                return rules.StoreField(tokens.Field(code.ReadToken()));
            case ILOpCode.Ldsfld:
                return rules.Load(tokens.Field(code.ReadToken()));
            case ILOpCode.Ldsflda:
                return rules.LoadAddress(tokens.Field(code.ReadToken()));
            case ILOpCode.Stsfld:
                return rules.StoreValue(tokens.Field(code.ReadToken()));

            // Objects.
            case ILOpCode.Box:
                stack.Pop(tokens.Type(code.ReadToken()));
                return rules.Load(SlotKind.Object);
            case ILOpCode.Castclass or ILOpCode.Isinst:
                _ = code.ReadInt32();
                stack.Replace(SlotKind.Object, SlotKind.Object);
                return true;
            case ILOpCode.Unbox_any:
                stack.Replace(SlotKind.Object, tokens.Type(code.ReadToken()));
                return true;

            // Arrays.
            case ILOpCode.Newarr:
                _ = code.ReadInt32();
                stack.Replace(SlotKind.Number, SlotKind.Object);
                return true;
            case ILOpCode.Ldlen:
                stack.Replace(SlotKind.Object, SlotKind.Length);
                return true;
            case ILOpCode.Ldelem_i1 or ILOpCode.Ldelem_u1 or ILOpCode.Ldelem_i2 or ILOpCode.Ldelem_u2 or ILOpCode.Ldelem_i4 or ILOpCode.Ldelem_u4:
            case ILOpCode.Ldelem_i8 or ILOpCode.Ldelem_r4 or ILOpCode.Ldelem_r8:
                return rules.LoadElement(SlotKind.Number);
            case ILOpCode.Ldelem_ref:
                return rules.LoadElement(SlotKind.Object);
            case ILOpCode.Ldelem:
                return rules.LoadElement(tokens.Type(code.ReadToken()));
            case ILOpCode.Ldelema:
                stack.PopInteger();
                stack.Pop(SlotKind.Object);
                return rules.LoadAddress(tokens.Type(code.ReadToken()));
            case ILOpCode.Stelem_i1 or ILOpCode.Stelem_i2 or ILOpCode.Stelem_i4 or ILOpCode.Stelem_i8 or ILOpCode.Stelem_r4 or ILOpCode.Stelem_r8:
                return rules.StoreElement(SlotKind.Number);
            case ILOpCode.Stelem_ref:
                return rules.StoreElement(SlotKind.Object);
            case ILOpCode.Stelem:
                return rules.StoreElement(tokens.Type(code.ReadToken()));

            // Calls.
            case ILOpCode.Call or ILOpCode.Callvirt:
                CallKinds callee = tokens.Callee(code.ReadToken());
                return rules.Call(callee, callee.DeclaringType == _variables.Type);
            case ILOpCode.Constrained:
                return CallConstrained(tokens.Type(code.ReadToken()), ref code);
            case ILOpCode.Newobj:
                return rules.Construct(tokens.Callee(code.ReadToken()));

            // Where control goes.
            case ILOpCode.Br or ILOpCode.Br_s:
                Branch(opcode, ref code);
                return false;
            case ILOpCode.Leave or ILOpCode.Leave_s:
                stack.Clear();
                Branch(opcode, ref code);
                return false;
            case ILOpCode.Endfinally or ILOpCode.Rethrow:
                stack.Clear();
                return false;
            case ILOpCode.Brtrue or ILOpCode.Brtrue_s or ILOpCode.Brfalse or ILOpCode.Brfalse_s:
                if (stack.Pop() is not (SlotKind.Number or SlotKind.Length or SlotKind.Object))
                {
                    stack.Fail();
                }

                Branch(opcode, ref code);
                return true;
            case >= ILOpCode.Beq_s and <= ILOpCode.Blt_un_s:
            case >= ILOpCode.Beq and <= ILOpCode.Blt_un:
                stack.PopCompared();
                Branch(opcode, ref code);
                return true;
            case ILOpCode.Switch:
                Switch(ref code);
                return true;
            case ILOpCode.Ret:
                if (_variables.Result != SlotKind.Nothing)
                {
                    rules.PopOperand(_variables.Result);
                }

                return End();
            case ILOpCode.Throw:
                stack.Pop(SlotKind.Object);
                stack.Clear();
                return false;

            default:
                stack.Fail();
                return false;
        }
    }

    /// <summary>The prefix <c>constrained.</c> and the call after it are one: a branch to the call alone leads to no instruction.</summary>
    private bool CallConstrained(SlotKind type, ref BlobReader code)
    {
        if (type is SlotKind.Address || code.ReadOpcode() != ILOpCode.Callvirt || tokens.Callee(code.ReadToken()) is not { HasReceiver: true } callee)
        {
            stack.Fail();
            return false;
        }

        return rules.CallConstrained(callee);
    }

    private bool End()
    {
        if (stack.Depth > 0)
        {
            stack.Fail();
        }

        return false;
    }

    private void Branch(ILOpCode opcode, ref BlobReader code)
    {
        int distance = opcode.GetBranchOperandSize() == 1 ? code.ReadSByte() : code.ReadInt32();
        branches.Branch(code.Offset, code.Offset + distance, stack);
    }

    private void Switch(ref BlobReader code)
    {
        stack.Pop(SlotKind.Number);
        uint count = code.ReadUInt32();
        if (count > (uint)code.RemainingBytes / sizeof(int))
        {
            stack.Fail();
            return;
        }

        int end = code.Offset + ((int)count * sizeof(int));
        for (uint i = 0; i < count; i++)
        {
            branches.Branch(end, end + code.ReadInt32(), stack);
        }
    }
}
