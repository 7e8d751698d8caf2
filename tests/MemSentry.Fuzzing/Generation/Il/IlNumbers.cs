using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Fuzzing.Generation.Il;

/// <summary>Pushes numbers, as 64-bit integers.</summary>
internal sealed class IlNumbers
{
    private readonly IlModule _module;
    private readonly IlCode _code;
    private readonly IlVariables _variables;

    public IlNumbers(IlModule module, IlCode code, IlVariables variables)
    {
        (_module, _code, _variables) = (module, code, variables);
        Pointers = new(module, code, variables, this);
    }

    /// <summary>Pushes pointers.</summary>
    public IlPointers Pointers { get; }

    /// <summary>Pushes whether a number is odd.</summary>
    public void Condition(Number number)
    {
        Push(number);
        _code.Emit(OpCodes.Ldc_I8, 1L);
        _code.Emit(OpCodes.And);
        _code.Emit(OpCodes.Conv_I4);
    }

    /// <summary>Pushes a 32-bit number that is no larger than a mask.</summary>
    public void Masked(Number number, int mask)
    {
        Push(number);
        _code.Emit(OpCodes.Conv_I4);
        _code.Emit(OpCodes.Ldc_I4, mask);
        _code.Emit(OpCodes.And);
    }

    /// <summary>Pushes the address of a cell.</summary>
    public void CellAddress(Number at)
    {
        _code.Emit(OpCodes.Ldloc, _variables.Cells);
        Masked(at, 7);
        _code.Emit(OpCodes.Ldc_I4_8);
        _code.Emit(OpCodes.Mul);
        _code.Emit(OpCodes.Add);
    }

    /// <summary>Pushes a reference to an element of the span.</summary>
    public void ElementAddress(Number at)
    {
        _code.Emit(OpCodes.Ldloc, _variables.Span);
        Masked(at, 15);
        _code.Emit(OpCodes.Call, _module.Word("At"));
    }

    /// <summary>Pushes a number.</summary>
    public void Push(Number number)
    {
        switch (number)
        {
            case Number.Constant n:
                _code.Emit(OpCodes.Ldc_I8, n.Value);
                break;
            case Number.Variable n:
                _code.Emit(OpCodes.Ldloc, _variables.Numbers[n.Name]);
                break;
            case Number.Index:
                _code.Argument(3);
                _code.Emit(OpCodes.Conv_I8);
                break;
            case Number.Binary n:
                Binary(n);
                break;
            case Number.Narrowed n:
                Push(n.Value);
                _code.Narrow(n.Width);
                _code.Widen(n.Width);
                break;
            case Number.Compared n:
                Push(n.Left);
                Push(n.Right);
                Compare(n.Comparison);
                break;
            case Number.PointerCompared n:
                PushInteger(n.Left);
                PushInteger(n.Right);
                Compare(n.Comparison);
                break;
            case Number.Choice n:
                Choose(n);
                break;
            case Number.Load n:
                Load(n);
                break;
            case Number.LoadTwice n:
                Twice(n);
                break;
            case Number.Field n:
                Field(StructureFields.Of(n.Name), n.Address);
                break;
            case Number.Cell n:
                CellAddress(n.At);
                _code.Read(Width.I8);
                break;
            case Number.Referred:
                _code.Emit(OpCodes.Ldloc, _variables.Referred);
                _code.Read(Width.I8);
                break;
            case Number.Element n:
                ElementAddress(n.At);
                _code.Read(Width.U1);
                break;
            case Number.Call n:
                Pointers.Push(n.Address);
                Push(n.Argument);
                _code.Emit(OpCodes.Call, _module.Call(n.Callee));
                break;
            default:
                throw new NotSupportedException(number.GetType().Name);
        }
    }

    private void PushInteger(Pointer pointer)
    {
        Pointers.Push(pointer);
        _code.Emit(OpCodes.Conv_I);
    }

    private void Binary(Number.Binary n)
    {
        Push(n.Left);
        Push(n.Right);
        if (n.Operation is Operation.ShiftLeft or Operation.ShiftRight or Operation.ShiftRightUnsigned)
        {
            _code.Emit(OpCodes.Conv_I4);
            _code.Emit(OpCodes.Ldc_I4, 63);
            _code.Emit(OpCodes.And);
        }

        if (n.Operation is Operation.Divide or Operation.Remainder or Operation.AddChecked)
        {
            _code.Emit(OpCodes.Ldsfld, _module.Field("Prelude", "Zero"));
            _code.Emit(OpCodes.Add);
        }

        _code.Emit(n.Operation switch
        {
            Operation.Add => OpCodes.Add,
            Operation.Subtract => OpCodes.Sub,
            Operation.Multiply => OpCodes.Mul,
            Operation.And => OpCodes.And,
            Operation.Or => OpCodes.Or,
            Operation.Xor => OpCodes.Xor,
            Operation.ShiftLeft => OpCodes.Shl,
            Operation.ShiftRight => OpCodes.Shr,
            Operation.ShiftRightUnsigned => OpCodes.Shr_Un,
            Operation.Divide => OpCodes.Div,
            Operation.Remainder => OpCodes.Rem,
            _ => OpCodes.Add_Ovf,
        });
    }

    private void Compare(Comparison comparison)
    {
        _code.Emit(comparison switch { Comparison.Less => OpCodes.Clt, Comparison.Greater => OpCodes.Cgt, _ => OpCodes.Ceq });
        if (comparison == Comparison.Different)
        {
            _code.Emit(OpCodes.Ldc_I4_0);
            _code.Emit(OpCodes.Ceq);
        }

        _code.Emit(OpCodes.Conv_I8);
    }

    private void Choose(Number.Choice n)
    {
        Instruction then = IlCode.Label();
        Instruction end = IlCode.Label();
        Condition(n.Condition);
        _code.Emit(OpCodes.Brtrue, then);
        Push(n.Else);
        _code.Emit(OpCodes.Br, end);
        _code.Mark(then);
        Push(n.Then);
        _code.Mark(end);
    }

    private void Load(Number.Load n)
    {
        Pointers.Push(n.Address);
        switch (n.Route)
        {
            case Routes.Volatile:
                _code.Emit(OpCodes.Volatile);
                break;
            case Routes.Unaligned:
                _code.Emit(OpCodes.Unaligned, (byte)1);
                break;
            case Routes.Reference:
                _code.Emit(OpCodes.Stloc, _variables.Passing);
                _code.Emit(OpCodes.Ldloc, _variables.Passing);
                break;
            case not Routes.Plain:
                _code.Emit(OpCodes.Call, _module.Word($"Load{n.Route}{n.Width}"));
                _code.Widen(n.Width);
                return;
        }

        _code.Read(n.Width);
    }

    private void Twice(Number.LoadTwice n)
    {
        Pointers.Push(n.Address);
        _code.Emit(OpCodes.Dup);
        _code.Read(n.Width);
        _code.Emit(OpCodes.Stloc, _variables.Temporary);
        _code.Emit(OpCodes.Ldc_I4_8);
        _code.Emit(OpCodes.Add);
        _code.Read(n.Width);
        _code.Emit(OpCodes.Ldloc, _variables.Temporary);
        _code.Emit(OpCodes.Add);
    }

    private void Field(StructureField field, Pointer address)
    {
        Pointers.Push(address);
        List<FieldDefinition> path = [.. _module.Path(field)];
        foreach (FieldDefinition outer in path.SkipLast(1))
            _code.Emit(OpCodes.Ldflda, outer);
        _code.Emit(OpCodes.Ldfld, path[^1]);
        _code.Widen(field.Width);
    }
}
