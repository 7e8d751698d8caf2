using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Members;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Reloads;

/// <summary>
/// Available expressions (Nielson, Nielson and Hankin, Principles of Program Analysis, 2.1.1), where the expressions are loads of pointers from fields. None enters a handler, whose try block may have been
/// left anywhere, and none a loop: it may wait there for somebody else to change the field.
/// </summary>
internal sealed class KnownLoadsProblem : IForwardProblem<KnownLoads>
{
    private readonly CilMember _member;
    private readonly HashSet<int> _addressTaken;
    private readonly HashSet<int> _loopEntries;

    public KnownLoadsProblem(CilMember member, ControlFlowGraph graph)
    {
        _member = member;
        _addressTaken = [.. member.Body.Instructions.Where(i => i.OpCode.Code is Code.Ldloca or Code.Ldloca_S or Code.Ldarga or Code.Ldarga_S).Select(i => VariableNumber.Of(i, member.Body))];
        _loopEntries = [.. graph.Blocks.SelectMany(b => b.Successors.Where(e => e.Target <= b.Index).Select(e => e.Target))];
    }

    public KnownLoads AtEntry() => new();

    public KnownLoads Copy(KnownLoads state) => state.Copy();

    public bool MattersToHandlers(int instruction) => false;

    public KnownLoads EnterHandler(KnownLoads raised, bool pushesException) => new();

    public void ClearStack(KnownLoads state) => state.ForgetStack();

    public KnownLoads Arrive(KnownLoads state, int block) => _loopEntries.Contains(block) ? new KnownLoads() : state.ForOtherBlock();

    public bool Join(KnownLoads into, KnownLoads from) => into.Join(from);

    public void Transfer(int instruction, KnownLoads state) => Transfer(_member[instruction], state);

    /// <summary>The expression whose value a load of a pointer brings; null if the instruction is no such load.</summary>
    public static LoadExpression? LoadedBy(Instruction instruction, KnownLoads state) => PointerLoads.Include(instruction)
        ? instruction.OpCode.Code == Code.Ldsfld ? new LoadExpression(Code.Ldsfld, instruction.Operand)
            : state.Peek() is { } owner ? new LoadExpression(Code.Ldfld, instruction.Operand, owner) : null
        : null;

    private void Transfer(Instruction instruction, KnownLoads state)
    {
        LoadExpression? loaded = LoadedBy(instruction, state);

        // A class whose field has been loaded is initialised: to load it again runs nothing.
        bool isKnown = loaded is not null && state.SourcesOf(loaded) is not null;
        LoadExpression? owner = instruction.OpCode.Code == Code.Ldfld ? state.Pop() : null;
        if (Effects.IsSeen(instruction) && !isKnown)
        {
            state.ForgetAll();
        }

        if (loaded is not null)
        {
            state.Add(loaded, instruction);
            state.Push(loaded);
        }
        else if (instruction.OpCode.Code == Code.Ldfld)
        {
            state.Push(PointerLoads.IsPlain(instruction) && owner is not null ? new LoadExpression(Code.Ldfld, instruction.Operand, owner) : null);
        }
        else
        {
            Compute(instruction, state);
        }
    }

    private void Compute(Instruction instruction, KnownLoads state)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Nop:
                break;
            case >= Code.Ldarg_0 and <= Code.Ldloc_3 or Code.Ldarg or Code.Ldarg_S or Code.Ldloc or Code.Ldloc_S:
                int loaded = VariableNumber.Of(instruction, _member.Body);
                state.Push(_addressTaken.Contains(loaded) ? null : new LoadExpression(Code.Ldloc, loaded));
                break;
            case >= Code.Stloc_0 and <= Code.Stloc_3 or Code.Stloc or Code.Stloc_S or Code.Starg or Code.Starg_S:
                state.Pop();
                state.ForgetUses(VariableNumber.Of(instruction, _member.Body));
                break;
            case >= Code.Ldc_I4_M1 and <= Code.Ldc_I4:
                state.Push(new LoadExpression(Code.Ldc_I4, Constants.Of(instruction)));
                break;
            case Code.Sizeof:
                state.Push(new LoadExpression(Code.Sizeof, instruction.Operand));
                break;
            case Code.Dup:
                state.Push(state.Peek());
                break;
            case Code.Pop:
                state.Pop();
                break;
            case Code.Conv_I or Code.Conv_U or Code.Conv_I8 or Code.Ldflda:
                state.Push(Of(instruction, state.Pop()));
                break;
            case Code.Add or Code.Sub or Code.Mul:
                LoadExpression? second = state.Pop();
                LoadExpression? first = state.Pop();
                state.Push(first is null || second is null ? null : new LoadExpression(instruction.OpCode.Code, null, first, second));
                break;
            default:
                state.ForgetStack();
                break;
        }
    }

    private static LoadExpression? Of(Instruction instruction, LoadExpression? operand) =>
        operand is null ? null : new LoadExpression(instruction.OpCode.Code, instruction.Operand as FieldReference, operand);
}
