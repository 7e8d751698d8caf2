using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// What an instruction does to a frame. Only what makes or keeps a proof has a rule of its own; the rest pops what the opcode table of
/// ECMA-335 says and pushes something unproven.
/// </summary>
internal sealed class Interpreter(Variables variables, TypeShapes shapes, CallTargets targets, Numbering numbering, Evidence evidence, Ages ages, IReadOnlySet<Instruction> fieldsAgain, bool callsKeepProofs)
{
    private readonly CallResults _results = new(shapes, targets);

    public void Step(Instruction instruction, Frame frame)
    {
        evidence.Learn(instruction, frame);
        (bool IsOld, bool IsIndex)? age = ages.Of(instruction, frame);

        // What a cast makes comes into being behind the question.
        if (DynamicCasts.Include(instruction))
            AfterCall(instruction, frame);
        Execute(instruction, frame);
        if (age is { } found)
            frame.AgeTop(found.IsOld, found.IsIndex);
        if (!OperandMoves.Include(instruction))
            frame.ForgetRecent();
    }

    private void Execute(Instruction instruction, Frame frame)
    {
        switch (instruction.OpCode.Code)
        {
            case IL.Ldarg or IL.Ldarg_S or IL.Ldloc or IL.Ldloc_S:
            case >= IL.Ldarg_0 and <= IL.Ldloc_3:
                Load(variables.IndexOf(instruction), frame);
                break;
            case IL.Starg or IL.Starg_S or IL.Stloc or IL.Stloc_S or IL.Stloc_0 or IL.Stloc_1 or IL.Stloc_2 or IL.Stloc_3:
                Store(variables.IndexOf(instruction), frame);
                break;
            case IL.Ldarga or IL.Ldarga_S or IL.Ldloca or IL.Ldloca_S:
                frame.Push(variables.AddressOf(instruction));
                break;
            case IL.Dup:
                frame.Push(frame.NumberTop(numbering));
                break;

            // Addresses that the runtime makes.
            case IL.Ldelema:
                Replace(frame, 2, Value.Reference((TypeReference)instruction.Operand, Proof.Exact));
                break;
            case IL.Unbox:
                Replace(frame, 1, Value.Reference((TypeReference)instruction.Operand, Proof.Exact));
                break;
            case IL.Localloc:
                Replace(frame, 1, Value.Raw with { Proof = Proof.Exact });
                break;
            case IL.Ldftn:
                frame.Push(Value.Raw with { Proof = Proof.Exact, IsFresh = true });
                break;
            case IL.Ldvirtftn:
                Replace(frame, 1, Value.Raw with { Proof = Proof.Exact, IsFresh = true });
                break;
            case IL.Refanyval:
                Replace(frame, 1, Value.Reference((TypeReference)instruction.Operand, Proof.None));
                break;
            case IL.Ldflda:
                Replace(frame, 1, AddressOfField((FieldReference)instruction.Operand, frame.Peek(0)) with { IsMixed = frame.Peek(0).IsMixed });
                break;
            case IL.Ldfld:
                Replace(frame, 1, Field((FieldReference)instruction.Operand, frame.Peek(0)));
                break;

            // Static fields may run a static constructor, which is a call: the first time.
            case IL.Ldsflda:
                AfterCall(instruction, frame);
                frame.Push(Value.Reference(Instantiation.OfField((FieldReference)instruction.Operand), Proof.Exact) with { IsStatic = true });
                break;
            case IL.Ldsfld:
                AfterCall(instruction, frame);
                frame.Push(shapes.Of(Instantiation.OfField((FieldReference)instruction.Operand)));
                break;
            case IL.Stsfld:
                frame.Pop();
                AfterCall(instruction, frame);
                break;
            case IL.Call or IL.Callvirt or IL.Newobj or IL.Calli:
                Call(instruction, frame);
                break;

            // Memory and objects, by type.
            case IL.Ldobj:
                Replace(frame, 1, Read((TypeReference)instruction.Operand, frame.Peek(0)));
                break;
            case IL.Unbox_Any:
                Replace(frame, 1, shapes.Of((TypeReference)instruction.Operand));
                break;
            case IL.Ldelem_Any:
                Replace(frame, 2, shapes.Of((TypeReference)instruction.Operand));
                break;

            // Numbers.
            case >= IL.Ldc_I4_M1 and <= IL.Ldc_I4:
                frame.Push(Value.Int32 with { Constant = ConstantOf(instruction), Near = null });
                break;
            case IL.Ldc_I8:
                frame.Push(Value.Raw with { Constant = (long)instruction.Operand });
                break;
            case IL.Conv_I or IL.Conv_U or IL.Conv_I8 or IL.Conv_U8:
            case IL.Conv_Ovf_I or IL.Conv_Ovf_U or IL.Conv_Ovf_I_Un or IL.Conv_Ovf_U_Un:
            case IL.Conv_Ovf_I8 or IL.Conv_Ovf_U8 or IL.Conv_Ovf_I8_Un or IL.Conv_Ovf_U8_Un:
                Replace(frame, 1, Widened(frame.Peek(0), instruction.OpCode.Code));
                break;
            case IL.Or:
                Replace(frame, 2, Operations.Or(frame.Peek(1), frame.Peek(0)));
                break;
            case IL.Shr_Un:
                Replace(frame, 2, Operations.BlockOf(frame.Peek(1), frame.Peek(0)));
                break;
            case IL.Shl or IL.Shr:
                Replace(frame, 2, Sums.Of(instruction.OpCode.Code, frame.Peek(1), frame.Peek(0), Operations.Computed(frame.Peek(1))));
                break;
            case IL.Neg or IL.Not:
                Replace(frame, 1, Sums.Of(instruction.OpCode.Code, frame.Peek(0), frame.Peek(0), Operations.Computed(frame.Peek(0))));
                break;
            case >= IL.Add and <= IL.Xor:
            case >= IL.Add_Ovf and <= IL.Sub_Ovf_Un:
                Replace(frame, 2, Sums.Of(instruction.OpCode.Code, frame.Peek(1), frame.Peek(0), Operations.Computed(frame.Peek(1), frame.Peek(0), instruction.OpCode.Code)));
                break;
            case IL.Conv_I4 or IL.Conv_U4 when frame.Peek(0).Kind == ValueKind.Int32:
                Replace(frame, 1, Value.Int32 with { Near = frame.Peek(0).Distance });
                break;
            case IL.Ldind_U1:
                Replace(frame, 1, Value.Int32 with { Near = new Distance(0, byte.MaxValue, true) });
                break;
            case IL.Ldind_U2:
                Replace(frame, 1, Value.Int32 with { Near = new Distance(0, ushort.MaxValue, true) });
                break;
            case IL.Conv_I1 or IL.Conv_I2 or IL.Conv_I4 or IL.Conv_U1 or IL.Conv_U2 or IL.Conv_U4:
            case IL.Conv_Ovf_I1 or IL.Conv_Ovf_I2 or IL.Conv_Ovf_I4 or IL.Conv_Ovf_U1 or IL.Conv_Ovf_U2 or IL.Conv_Ovf_U4:
            case IL.Conv_Ovf_I1_Un or IL.Conv_Ovf_I2_Un or IL.Conv_Ovf_I4_Un or IL.Conv_Ovf_U1_Un or IL.Conv_Ovf_U2_Un or IL.Conv_Ovf_U4_Un:
            case >= IL.Ldind_I1 and <= IL.Ldind_U4:
                Replace(frame, 1, Value.Int32);
                break;
            case IL.Ceq or IL.Cgt or IL.Cgt_Un or IL.Clt or IL.Clt_Un:
            case >= IL.Ldelem_I1 and <= IL.Ldelem_U4:
                Replace(frame, 2, Value.Int32);
                break;
            case IL.Sizeof:
                frame.Push(Value.Int32 with { Type = (TypeReference)instruction.Operand, Near = StructureSize.Of((TypeReference)instruction.Operand) });
                break;
            case IL.Isinst:
                Replace(frame, 1, Value.Object);
                break;
            case IL.Ldtoken:
                frame.Push(new Value(ValueKind.Structure));
                break;
            case IL.Arglist:
                frame.Push(new Value(ValueKind.Holder, Stands: true));
                break;
            case IL.Mkrefany:
                Replace(frame, 1, new Value(ValueKind.Holder, Type: ((TypeReference)instruction.Operand).Module.TypeSystem.TypedReference, Stands: true));
                break;
            case IL.Refanytype:
                Replace(frame, 1, new Value(ValueKind.Structure));
                break;
            default:
                ByTable(instruction.OpCode, frame);
                break;
        }
    }

    private static void Replace(Frame frame, int operands, Value result)
    {
        frame.Pop(operands);
        frame.Push(result);
    }

    private void Load(int variable, Frame frame) =>
        frame.Push(variables.IsAddressTaken(variable) ? variables.Shared(variable) : frame.NumberVariable(variable, numbering));

    private void Store(int variable, Frame frame)
    {
        Value value = frame.Pop();
        frame.Variables[variable] = variables.AfterStore(variable, value, shapes);
    }

    private static Value AddressOfField(FieldReference field, Value container)
    {
        TypeReference type = Instantiation.OfField(field);
        if (container.Kind == ValueKind.Object)
            return Value.Reference(type, Proof.Exact);

        // A field of another type than the proof speaks of lies anywhere, so what stands by its type no longer stands.
        bool known = SameType.Are(container.Type, field.DeclaringType);
        Proof proof = container.Proof switch
        {
            Proof.Exact => Proof.Displaced,
            Proof.Contract or Proof.Displaced when known => Proof.Displaced,
            _ => Proof.None,
        };
        ValueKind kind = container.Kind == ValueKind.Reference ? ValueKind.Reference : ValueKind.Raw;
        Distance? near = kind == ValueKind.Raw && proof == Proof.None ? container.Distance?.PlusField() : null;
        Lineage? lineage = kind == ValueKind.Raw ? container.Lineage?.Plus(Distance.OfField) : null;
        return new Value(kind, proof, type, known && container.Stands, IsOwn: container.IsOwn, Exposes: container.Exposes, Near: near, Lineage: lineage);
    }

    /// <summary>
    /// What a field holds. Nobody proves a reference in it, whatever the structure around it is; references inside a structure in it stand if the
    /// structure around it stands.
    /// </summary>
    private Value Field(FieldReference field, Value container)
    {
        Value value = shapes.Of(Instantiation.OfField(field));
        return value.Kind == ValueKind.Holder
            ? value with { Stands = container.IsAddress ? container.PointsToStanding(field.DeclaringType) : container.Stands && SameType.Are(container.Type, field.DeclaringType) }
            : value;
    }

    private Value Read(TypeReference type, Value address)
    {
        Value value = shapes.Of(type);
        return value.Kind is ValueKind.Holder or ValueKind.Structure
            ? value with { Stands = value.Kind == ValueKind.Holder && address.PointsToStanding(type), Relation = new Relation(RelationKind.ReadFrom, address.Number) }
            : value;
    }

    private void Call(Instruction instruction, Frame frame)
    {
        if (BorderChecks.IsCheck(instruction))
        {
            BorderChecks.Pass(instruction, frame);
            return;
        }

        var call = new CallSignature(instruction);
        Value? result = _results.Of(instruction, call, frame);
        frame.Pop(call.OperandCount);
        AfterCall(instruction, frame);
        if (result is { } pushed)
            frame.Push(pushed);
    }

    private void AfterCall(Instruction instruction, Frame frame)
    {
        if (!targets.Leaves.MayRunOther(instruction) || fieldsAgain.Contains(instruction))
            return;

        if (callsKeepProofs)
            frame.ForgetDistances();
        else
            frame.ForgetRaw();
    }

    private Value Widened(Value value, IL opcode) => value.Kind switch
    {
        ValueKind.Raw => value,
        ValueKind.Reference => value.AsRaw(shapes.MayHold(value.Type)),
        ValueKind.Int32 when opcode is IL.Conv_U or IL.Conv_U8 =>
            Value.Raw with { Relation = new Relation(RelationKind.ZeroExtends, value.Number), Near = value.Distance is { Low: < 0 } ? Distance.UInt32 : value.Distance },
        ValueKind.Int32 when opcode is IL.Conv_I or IL.Conv_I8 =>
            Value.Raw with { Relation = new Relation(RelationKind.SignExtends, value.Number), Near = value.Distance },
        _ => Value.Raw,
    };

    private static int ConstantOf(Instruction instruction) => instruction.Operand switch
    {
        int value => value,
        sbyte value => value,
        _ => instruction.OpCode.Code - IL.Ldc_I4_0,
    };

    private static void ByTable(OpCode opcode, Frame frame)
    {
        if (opcode.StackBehaviourPop == StackBehaviour.PopAll)
            frame.Clear();
        else
            frame.Pop(StackTable.Operands(opcode));
        if (StackTable.Result(opcode) is { } result)
            frame.Push(result);
    }
}
