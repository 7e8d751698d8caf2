using MemSentry.AccessTable;
using MemSentry.Weaver.Rewriting;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace MemSentry.Mutants.Sites;

/// <summary>A body that is being broken. Its branches are long, so that code may be inserted anywhere.</summary>
public sealed class MutableBody
{
    private static readonly Dictionary<Code, OpCode> Long = LongBranches();

    private readonly MethodBody _body;

    /// <summary>Opens a body.</summary>
    public MutableBody(MethodDefinition member)
    {
        _body = member.Body;
        foreach (Instruction instruction in Code)
            instruction.OpCode = Long.GetValueOrDefault(instruction.OpCode.Code, instruction.OpCode);
    }

    /// <summary>The instructions.</summary>
    public Collection<Instruction> Code => _body.Instructions;

    private ModuleDefinition Module => _body.Method.Module;

    /// <summary>Makes another instruction of one; branches to it stay.</summary>
    public static void Become(Instruction instruction, OpCode opcode, object? operand = null)
    {
        instruction.OpCode = opcode;
        instruction.Operand = operand;
    }

    /// <summary>Makes instructions that do nothing.</summary>
    public void Erase(Site site)
    {
        for (int i = 0; i < site.Length; i++)
            Become(site[i], OpCodes.Nop);
    }

    /// <summary>Adds a variable for a raw number.</summary>
    public VariableDefinition AddNumber() => AddLocal(Module.TypeSystem.UIntPtr);

    /// <summary>Adds a variable for a truth value.</summary>
    public VariableDefinition AddFlag() => AddLocal(Module.TypeSystem.Boolean);

    /// <summary>Adds a variable.</summary>
    public VariableDefinition AddLocal(TypeReference type)
    {
        var local = new VariableDefinition(type);
        _body.Variables.Add(local);
        return local;
    }

    /// <summary>Inserts code; whatever leads to the instruction still does.</summary>
    public void InsertBehindBranches(Instruction target, params Instruction[] code) => Insert(Code.IndexOf(target), code);

    /// <summary>Inserts code; whatever led to the instruction leads to the code.</summary>
    public void InsertBefore(Instruction target, params Instruction[] code)
    {
        Insert(Code.IndexOf(target), code);
        Redirect(target, code[0], code);
    }

    /// <summary>Inserts code behind an instruction.</summary>
    public void InsertAfter(Instruction target, params Instruction[] code) => Insert(Code.IndexOf(target) + 1, code);

    /// <summary>Takes instructions out; whatever led to them leads to <paramref name="instead"/>.</summary>
    public void Remove(IReadOnlyList<Instruction> code, Instruction instead)
    {
        foreach (Instruction instruction in code)
        {
            Redirect(instruction, instead, code);
            Code.Remove(instruction);
        }
    }

    /// <summary>
    /// The instruction that consumes what a check left on the stack, or what was computed from it: the first behind it that accesses memory, calls or returns, is no check, and takes it. Of a check that
    /// leaves nothing on the stack it is the first such instruction.
    /// </summary>
    public Instruction ConsumerOf(Site site)
    {
        int depth = 1;
        int slot = 1;
        foreach (Instruction instruction in Code.Skip(site.End))
        {
            depth = StackEffect.DepthAfter(instruction, depth);
            bool takesIt = site is not CompareSite { IsOfVariable: false } || depth - Pushed(instruction) < slot || instruction.OpCode.FlowControl == FlowControl.Return;
            if (takesIt && Consumes(instruction) && !IsPartOfCheck(instruction))
                return instruction;

            // What leaves the stack for a variable is loaded again for its consumer.
            slot = !takesIt ? slot : Pushed(instruction) == 0 ? int.MaxValue : depth;
        }

        throw new InvalidOperationException($"nothing consumes what is checked in {_body.Method.FullName} at IL_{site.Offset:x4}");
    }

    private static int Pushed(Instruction instruction) => instruction switch
    {
        { OpCode.Code: Mono.Cecil.Cil.Code.Dup } => 2,
        { Operand: IMethodSignature signature, OpCode: { FlowControl: FlowControl.Call, Code: not Mono.Cecil.Cil.Code.Newobj } } => signature.ReturnType.MetadataType == MetadataType.Void ? 0 : 1,
        _ => instruction.OpCode.StackBehaviourPush == StackBehaviour.Push0 ? 0 : 1,
    };

    private static bool Consumes(Instruction instruction) =>
        OpcodeTable.OperandsOf(instruction.OpCode.Code).Length > 0 || instruction.OpCode.FlowControl is FlowControl.Call or FlowControl.Return;

    private static bool IsPartOfCheck(Instruction instruction) => RenewalSite.IsLoad(instruction)
        || instruction.Operand is MethodReference { DeclaringType.Name: "<MemSentry>" or "BorderCheck" }
        || (instruction.OpCode.Code == Mono.Cecil.Cil.Code.Ldobj && instruction.Previous.OpCode.Code == Mono.Cecil.Cil.Code.Dup && instruction.Next.OpCode.Code == Mono.Cecil.Cil.Code.Ldstr);

    private void Insert(int index, Instruction[] code)
    {
        foreach (Instruction instruction in code)
            Code.Insert(index++, instruction);
    }

    /// <summary>Leads everything but <paramref name="except"/> from one instruction to another.</summary>
    private void Redirect(Instruction from, Instruction to, IReadOnlyList<Instruction> except)
    {
        foreach (Instruction branch in Code.Except(except))
        {
            if (branch.Operand == from)
                branch.Operand = to;
            else if (branch.Operand is Instruction[] targets)
                branch.Operand = Array.ConvertAll(targets, t => t == from ? to : t);
        }

        foreach (ExceptionHandler handler in _body.ExceptionHandlers)
        {
            handler.TryStart = handler.TryStart == from ? to : handler.TryStart;
            handler.TryEnd = handler.TryEnd == from ? to : handler.TryEnd;
            handler.FilterStart = handler.FilterStart == from ? to : handler.FilterStart;
            handler.HandlerStart = handler.HandlerStart == from ? to : handler.HandlerStart;
            handler.HandlerEnd = handler.HandlerEnd == from ? to : handler.HandlerEnd;
        }
    }

    private static Dictionary<Code, OpCode> LongBranches()
    {
        OpCode[] all = [.. typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!)];
        return all.Where(o => o.OperandType == OperandType.ShortInlineBrTarget).ToDictionary(o => o.Code, o => all.Single(l => l.Name == o.Name[..^2]));
    }
}
