using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Chains;

/// <summary>
/// On which facts does what is known of each address rest? It follows what the analysis of displacements has found, and tells of it; nothing is decided here. A fact is where that
/// analysis comes to know more of a symbol: at an instruction that makes an anchor, at a check, or at an access.
/// </summary>
internal sealed class ChainProblem(MemberAnalysis analysis, DisplacementAnalysis displacement, IReadOnlyDictionary<Instruction, (int Variable, int Offset)[]> entryChecks) : IForwardProblem<ChainState>
{
    private int Followed => displacement.StateAt(analysis.Graph.Blocks[0])!.Variables.Length;

    public ChainState AtEntry()
    {
        MethodDefinition method = analysis.Member.Body.Method;
        ChainState state = Nothing();
        foreach (int parameter in Enumerable.Range(0, method.Parameters.Count).Where(p => analysis.Summaries.Include(method, p)))
        {
            int variable = method.HasThis ? parameter + 1 : parameter;
            if (variable < state.Variables.Length)
            {
                state.Variables[variable] = ChainLink.Of(ChainFactKind.Callers, 0);
            }
        }

        return state;
    }

    public ChainState Copy(ChainState state) => state.Copy();

    public void Transfer(int instruction, ChainState state)
    {
        BasicBlock block = analysis.Graph.BlockOf(instruction);
        if (block.Range.Start == instruction)
        {
            state.Known = displacement.StateAt(block);
        }

        Execute(instruction, state);
    }

    public bool MattersToHandlers(int instruction) => false;

    public ChainState EnterHandler(ChainState raised, bool pushesException)
    {
        ChainState state = Nothing();
        if (pushesException)
        {
            state.Push(ChainLink.None);
        }

        return state;
    }

    public void ClearStack(ChainState state) => state.PopTo(0);

    public bool Join(ChainState into, ChainState from) => into.Join(from);

    private void Execute(int index, ChainState state)
    {
        Instruction instruction = analysis.Member[index];
        DisplacementState known = state.Known!;
        var before = Watched(instruction, known, state).ToArray();
        ChainLink? kept = Kept(instruction, state);
        if (instruction.OpCode.Code is Code.Starg or Code.Starg_S or Code.Stloc or Code.Stloc_S or Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3
            && analysis.Variables.VariableOf(instruction) is var variable && known.Follows(variable))
        {
            state.Variables[variable] = state.Peek(0);
        }

        displacement.Move(index, known);
        int pushed = DisplacementTransfer.Pushed(instruction);
        state.PopTo(known.Depth - pushed);
        if (analysis.EndsProofs(instruction) || instruction.OpCode.Code == Code.Endfinally)
        {
            state.Forget();
        }

        for (; pushed > 0; pushed--)
        {
            state.Push(kept ?? Made(instruction, known.Peek(pushed - 1), known));
        }

        foreach ((long symbol, Interval? near, ChainFactKind kind, int offset, ChainLink link) in before)
        {
            if (known.Near(Term.Of(symbol)) is { } now && now != near)
            {
                state.Restart(symbol, slot => slot.Restarted(kind, offset, link));
            }
        }
    }

    private ChainState Nothing() => new([.. Enumerable.Repeat(ChainLink.None, Followed)]);

    private static ChainLink Made(Instruction instruction, Term result, DisplacementState known) => (known.Near(result) is null || result.IsNumber, known.BasisOf(result)) switch
    {
        (true, _) => ChainLink.None,
        (_, Basis.Summary) => ChainLink.Of(ChainFactKind.Callee, instruction.Offset),
        _ => ChainLink.Of(ChainFactKind.Anchor, instruction.Offset),
    };

    /// <summary>The symbols of which an instruction may teach something, with what is known of them before it.</summary>
    private IEnumerable<(long Symbol, Interval? Near, ChainFactKind Kind, int Offset, ChainLink Link)> Watched(Instruction instruction, DisplacementState known, ChainState state)
    {
        foreach ((int variable, int offset) in entryChecks.GetValueOrDefault(instruction, []))
        {
            long symbol = known.Variables[variable].Symbol;
            yield return (symbol, known.Near(Term.Of(symbol)), ChainFactKind.LoopCheck, offset, state.Variables[variable]);
        }

        foreach (Access access in analysis.AccessesOf(instruction, known.Frame!).Where(AccessRule.Covers).ToArray())
        {
            Term address = known.Peek(access.Depth);
            if (address is { IsKnown: true, IsNumber: false })
            {
                AccessNeed need = displacement.NeedOf(instruction, access.Depth);
                ChainLink link = need.Variable is { } variable ? state.Variables[variable] : state.Peek(access.Depth);
                yield return (address.Symbol, known.Near(Term.Of(address.Symbol)), need.IsProven ? ChainFactKind.Access : ChainFactKind.Check, instruction.Offset, link);
            }
        }
    }

    /// <summary>What the result of an instruction rests on because its operands do; null if the result is another value.</summary>
    private ChainLink? Kept(Instruction instruction, ChainState state)
    {
        DisplacementState known = state.Known!;
        switch (instruction.OpCode.Code)
        {
            case Code.Ldarg or Code.Ldarg_S or Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3:
            case Code.Ldloc or Code.Ldloc_S or Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_3:
                int variable = analysis.Variables.VariableOf(instruction);
                return known.Follows(variable) && known.Near(known.Variables[variable]) is not null ? state.Variables[variable] : null;
            case Code.Dup or Code.Conv_I or Code.Conv_U or Code.Conv_I8 or Code.Conv_U8 when known.Frame!.Peek(0).Kind is StackKind.NativeInt or StackKind.Int64:
                return state.Peek(0);
            case Code.Ldflda when known.Frame!.Peek(0).Kind == StackKind.NativeInt:
                return state.Peek(0).Moved(instruction.Offset);
            case Code.Add or Code.Sub or Code.Add_Ovf or Code.Add_Ovf_Un or Code.Sub_Ovf or Code.Sub_Ovf_Un when known.Peek(0) is { IsKnown: true, IsNumber: true }:
                return state.Peek(1).Moved(instruction.Offset);
            case Code.Add or Code.Add_Ovf or Code.Add_Ovf_Un when known.Peek(1) is { IsKnown: true, IsNumber: true }:
                return state.Peek(0).Moved(instruction.Offset);
            default:
                return null;
        }
    }
}
