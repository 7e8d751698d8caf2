using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Fuzzing.Generation.Il;

/// <summary>
/// Pushes pointers: as native integers, or as managed references where one comes from a variable of that type. Between the two there is an opcode in some
/// places and none in others (ECMA-335 III.1.6 allows both).
/// </summary>
internal sealed class IlPointers(IlModule module, IlCode code, IlVariables variables, IlNumbers numbers)
{
    private readonly IlPlaces _places = new(module, code, variables);

    /// <summary>Pushes a pointer.</summary>
    public void Push(Pointer pointer)
    {
        switch (pointer)
        {
            case Pointer.Near:
                code.Argument(0);
                break;
            case Pointer.Target:
                code.Argument(1);
                break;
            case Pointer.Displaced p:
                Displace(0, 4, p.Type);
                break;
            case Pointer.Indexed p:
                Displace(1, 3, p.Type);
                break;
            case Pointer.Entry p:
                code.Argument(2);
                code.Emit(OpCodes.Ldc_I4, p.At * 8);
                code.Emit(OpCodes.Add);
                code.Emit(OpCodes.Ldind_I);
                break;
            case Pointer.Variable p:
                code.Emit(OpCodes.Ldloc, variables.Pointers[p.Name]);
                break;
            case Pointer.Moved p:
                Move(p);
                break;
            case Pointer.FieldAddress p:
                Push(p.From);
                foreach (FieldDefinition field in module.Path(StructureFields.Of(p.Name)))
                    code.Emit(OpCodes.Ldflda, field);
                break;
            case Pointer.Passed p:
                Push(p.From);
                Pass(p.Passage);
                break;
            case Pointer.Choice p:
                Choose(p);
                break;
            case Pointer.Kept p:
                _places.Load(p.Place);
                break;
            default:
                throw new NotSupportedException(pointer.GetType().Name);
        }
    }

    private void Displace(int address, int index, IndexType type)
    {
        code.Argument(address);
        code.Argument(index);
        code.Emit(type == IndexType.U8 ? OpCodes.Conv_U : OpCodes.Conv_I);
        Scale(variables.Member.Scale);
        code.Emit(OpCodes.Add);
    }

    // With I4 the index stays a 32-bit integer, which the addition extends by itself.
    private void Move(Pointer.Moved p)
    {
        Push(p.From);
        numbers.Push(p.By);
        code.Emit(OpCodes.Ldc_I8, 7L);
        code.Emit(OpCodes.And);
        code.Emit(p.Type switch
        {
            IndexType.I4 => OpCodes.Conv_I4,
            IndexType.U4 => OpCodes.Conv_U4,
            IndexType.U8 => OpCodes.Conv_U,
            IndexType.Checked => OpCodes.Conv_Ovf_I,
            _ => OpCodes.Conv_I,
        });
        Scale(p.Size);
        if (p.Type == IndexType.U4)
            code.Emit(OpCodes.Conv_U);
        bool isChecked = p.Type == IndexType.Checked;
        code.Emit(p.IsDown ? (isChecked ? OpCodes.Sub_Ovf_Un : OpCodes.Sub) : (isChecked ? OpCodes.Add_Ovf_Un : OpCodes.Add));
    }

    private void Scale(int size)
    {
        if (size == 1)
            return;
        code.Emit(OpCodes.Ldc_I4, size);
        code.Emit(OpCodes.Mul);
    }

    private void Pass(string passage)
    {
        switch (passage)
        {
            case Passages.NativeInteger:
                code.Emit(OpCodes.Conv_I);
                break;
            case Passages.Long:
                code.Emit(OpCodes.Conv_U8);
                code.Emit(OpCodes.Conv_U);
                break;
            case Passages.Reference:
                code.Emit(OpCodes.Stloc, variables.Passing);
                code.Emit(OpCodes.Ldloc, variables.Passing);
                break;
            default:
                code.Emit(OpCodes.Call, module.Word(passage));
                break;
        }
    }

    private void Choose(Pointer.Choice p)
    {
        Instruction then = IlCode.Label();
        Instruction end = IlCode.Label();
        numbers.Condition(p.Condition);
        code.Emit(OpCodes.Brtrue, then);
        Push(p.Else);
        Pass(p.IsOdd ? Passages.Reference : Passages.NativeInteger);
        code.Emit(OpCodes.Br, end);
        code.Mark(then);
        Push(p.Then);
        Pass(Passages.NativeInteger);
        code.Mark(end);
    }
}
