using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.WeaveGrowth.Shapes;

/// <summary>The code of a growing member: <c>static void Grown(int* p, int** q, int n)</c>.</summary>
internal sealed class MemberCode(MethodDefinition member)
{
    private readonly ModuleDefinition _module = member.Module;

    /// <summary>How many instructions there are.</summary>
    public int Count => member.Body.Instructions.Count;

    /// <summary>The last instruction.</summary>
    public Instruction Last => member.Body.Instructions[^1];

    /// <summary>Adds instructions.</summary>
    public void Add(params IEnumerable<Instruction> code)
    {
        foreach (Instruction instruction in code)
            member.Body.Instructions.Add(instruction);
    }

    /// <summary>Adds an instruction without an operand.</summary>
    public Instruction Add(OpCode code)
    {
        Add(Instruction.Create(code));
        return Last;
    }

    /// <summary>Adds a local variable for a pointer.</summary>
    public VariableDefinition Pointer()
    {
        var variable = new VariableDefinition(new PointerType(_module.TypeSystem.Int32));
        member.Body.Variables.Add(variable);
        return variable;
    }

    /// <summary>Loads the pointer <c>p</c>, moved by a distance.</summary>
    public void LoadMoved(int distance) => Add(Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ldc_I4, distance), Instruction.Create(OpCodes.Add));

    /// <summary>Stores through the pointer <c>p</c>, moved by a distance: five instructions.</summary>
    public void Access(int distance)
    {
        LoadMoved(distance);
        Add(Instruction.Create(OpCodes.Ldc_I4_1), Instruction.Create(OpCodes.Stind_I4));
    }

    /// <summary>Reads through a pointer: three instructions.</summary>
    public void Read(VariableDefinition pointer) => Add(Instruction.Create(OpCodes.Ldloc, pointer), Instruction.Create(OpCodes.Ldind_I4), Instruction.Create(OpCodes.Pop));

    /// <summary>Hands the pointer <c>p</c> to a member of the framework: three instructions.</summary>
    public void Call() => Add(Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Call, _module.ImportReference(typeof(System.Runtime.InteropServices.Marshal).GetMethod("ReadByte", [typeof(nint)]))), Instruction.Create(OpCodes.Pop));

    /// <summary>Branches if <c>n</c> is zero: two instructions.</summary>
    public void BranchIfZero(Instruction target) => Add(Instruction.Create(OpCodes.Ldarg_2), Instruction.Create(OpCodes.Brfalse, target));

    /// <summary>Protects code by a handler that catches everything and ends at the last instruction.</summary>
    public void Catch(Instruction start, Instruction handler) => Protect(start, handler, new ExceptionHandler(ExceptionHandlerType.Catch) { CatchType = _module.TypeSystem.Object });

    /// <summary>Protects code by a <c>finally</c> that ends at the last instruction.</summary>
    public void Finally(Instruction start, Instruction handler) => Protect(start, handler, new ExceptionHandler(ExceptionHandlerType.Finally));

    private void Protect(Instruction start, Instruction handler, ExceptionHandler clause)
    {
        (clause.TryStart, clause.TryEnd, clause.HandlerStart, clause.HandlerEnd) = (start, handler, handler, Last);
        member.Body.ExceptionHandlers.Add(clause);
    }
}
