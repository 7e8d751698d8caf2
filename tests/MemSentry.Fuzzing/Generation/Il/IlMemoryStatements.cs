using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Fuzzing.Generation.Il;

/// <summary>Emits the statements without blocks: assignments and accesses.</summary>
internal sealed class IlMemoryStatements(IlModule module, IlCode code, IlVariables variables, IlNumbers numbers)
{
    private readonly IlPlaces _places = new(module, code, variables);

    /// <summary>Emits a statement.</summary>
    /// <returns>False if it is none of them.</returns>
    public bool TryEmit(Statement statement)
    {
        switch (statement)
        {
            case Statement.Mix s:
                code.Emit(OpCodes.Ldloc, variables.Hash);
                code.Emit(OpCodes.Ldc_I8, 31L);
                code.Emit(OpCodes.Mul);
                numbers.Push(s.Value);
                code.Emit(OpCodes.Add);
                code.Emit(OpCodes.Stloc, variables.Hash);
                return true;
            case Statement.Assign s:
                numbers.Push(s.Value);
                code.Emit(OpCodes.Stloc, variables.Numbers[s.Name]);
                return true;
            case Statement.Point s:
                numbers.Pointers.Push(s.Value);
                code.Emit(OpCodes.Stloc, variables.Pointers[s.Name]);
                return true;
            case Statement.Store s:
                Store(s);
                return true;
            case Statement.Update s:
                Update(s);
                return true;
            case Statement.StoreField s:
                StoreField(StructureFields.Of(s.Name), s);
                return true;
            case Statement.Copy s:
                Copy(s);
                return true;
            case Statement.Fill s:
                Fill(s);
                return true;
            case Statement.CopyStructure s:
                CopyStructure(s);
                return true;
            case Statement.ClearStructure s:
                numbers.Pointers.Push(s.To);
                code.Emit(OpCodes.Initobj, module.Type(s.Type));
                return true;
            case Statement.SetCell s:
                numbers.CellAddress(s.At);
                numbers.Push(s.Value);
                code.Emit(OpCodes.Stind_I8);
                return true;
            case Statement.Keep s:
                _places.Keep(s.Place, () => numbers.Pointers.Push(s.Value));
                return true;
            case Statement.Refer s:
                numbers.Pointers.Push(s.To);
                code.Emit(OpCodes.Stloc, variables.Referred);
                return true;
            case Statement.SetReferred s:
                code.Emit(OpCodes.Ldloc, variables.Referred);
                numbers.Push(s.Value);
                code.Emit(OpCodes.Stind_I8);
                return true;
            case Statement.Cover s:
                numbers.Pointers.Push(s.From);
                code.Emit(OpCodes.Call, module.Word("Cover"));
                code.Emit(OpCodes.Stloc, variables.Span);
                return true;
            case Statement.SetElement s:
                numbers.ElementAddress(s.At);
                numbers.Push(s.Value);
                code.Narrow(Width.U1);
                code.Write(Width.U1);
                return true;
            default:
                return false;
        }
    }

    private void Store(Statement.Store s)
    {
        numbers.Pointers.Push(s.Address);
        if (s.Route == Routes.Reference)
        {
            code.Emit(OpCodes.Stloc, variables.Passing);
            code.Emit(OpCodes.Ldloc, variables.Passing);
        }

        numbers.Push(s.Value);
        code.Narrow(s.Width);
        switch (s.Route)
        {
            case Routes.Volatile:
                code.Emit(OpCodes.Volatile);
                break;
            case Routes.Unaligned:
                code.Emit(OpCodes.Unaligned, (byte)1);
                break;
            case not (Routes.Plain or Routes.Reference):
                code.Emit(OpCodes.Call, module.Word($"Store{s.Route}{s.Width}"));
                return;
        }

        code.Write(s.Width);
    }

    private void Update(Statement.Update s)
    {
        numbers.Pointers.Push(s.Address);
        code.Emit(OpCodes.Dup);
        code.Read(s.Width);
        numbers.Push(s.Value);
        code.Emit(OpCodes.Add);
        code.Narrow(s.Width);
        code.Write(s.Width);
    }

    private void StoreField(StructureField field, Statement.StoreField s)
    {
        numbers.Pointers.Push(s.Address);
        List<FieldDefinition> path = [.. module.Path(field)];
        foreach (FieldDefinition outer in path.SkipLast(1))
            code.Emit(OpCodes.Ldflda, outer);
        numbers.Push(s.Value);
        code.Narrow(field.Width);
        code.Emit(OpCodes.Stfld, path[^1]);
    }

    private void Copy(Statement.Copy s)
    {
        if (BlockMembers.Of(s.Member).MayOverlap)
        {
            numbers.Pointers.Push(s.To);
            numbers.Pointers.Push(s.From);
            numbers.Masked(s.Length, 63);
            code.Emit(OpCodes.Call, module.Word("Copy" + s.Member));
            return;
        }

        IfApart(s.To, s.From, () =>
        {
            numbers.Masked(s.Length, 63);
            if (s.Member == BlockMembers.CopyBlock)
            {
                code.Emit(OpCodes.Unaligned, (byte)1);
                code.Emit(OpCodes.Cpblk);
            }
            else
            {
                code.Emit(OpCodes.Call, module.Word("Copy" + s.Member));
            }

            if (!BlockMembers.Of(s.Member).MayOverlap)
                code.Emit(OpCodes.Call, module.Call("LookAgain"));
        });
    }

    private void Fill(Statement.Fill s)
    {
        numbers.Pointers.Push(s.To);
        numbers.Push(s.Value);
        code.Narrow(Width.U1);
        numbers.Masked(s.Length, 63);
        if (s.Member != BlockMembers.FillBlock)
        {
            code.Emit(OpCodes.Call, module.Word("Fill" + s.Member));
            return;
        }

        code.Emit(OpCodes.Unaligned, (byte)1);
        code.Emit(OpCodes.Initblk);
        code.Emit(OpCodes.Call, module.Call("LookAgain"));
    }

    private void CopyStructure(Statement.CopyStructure s) => IfApart(s.To, s.From, () =>
    {
        if (s.Type == StructureFields.Largest)
        {
            code.Emit(OpCodes.Ldobj, module.Type(s.Type));
            code.Emit(OpCodes.Stobj, module.Type(s.Type));
        }
        else
        {
            code.Emit(OpCodes.Cpobj, module.Type(s.Type));
        }
    });

    private void IfApart(Pointer to, Pointer from, Action copy)
    {
        VariableDefinition copyOfTo = Stored(to);
        VariableDefinition copyOfFrom = Stored(from);
        Instruction skip = IlCode.Label();
        code.Emit(OpCodes.Ldloc, copyOfTo);
        code.Emit(OpCodes.Ldloc, copyOfFrom);
        code.Emit(OpCodes.Call, module.Call("AreApart"));
        code.Emit(OpCodes.Brfalse, skip);
        code.Emit(OpCodes.Ldloc, copyOfTo);
        code.Emit(OpCodes.Ldloc, copyOfFrom);
        copy();
        code.Mark(skip);
    }

    private VariableDefinition Stored(Pointer pointer)
    {
        VariableDefinition variable = code.Variable(module.BytePointer);
        numbers.Pointers.Push(pointer);
        code.Emit(OpCodes.Stloc, variable);
        return variable;
    }
}
