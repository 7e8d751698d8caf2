using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil;

namespace MemSentry.Analysis.Origins;

/// <summary>Which origins may each value have? A forward problem over sets: the union of all that may arrive (Nielson, Nielson and Hankin, 2.1.2: reaching definitions).</summary>
internal sealed class OriginProblem(MemberAnalysis analysis) : IForwardProblem<OriginState>
{
    private readonly OriginTransfer _transfer = new(analysis);

    public OriginState AtEntry()
    {
        MethodDefinition member = analysis.Member.Body.Method;
        int arguments = member.Parameters.Count + (member.HasThis ? 1 : 0);
        return new OriginState(0, [.. analysis.Variables.OnEntry.Select((v, i) => v.Kind is StackKind.NativeInt or StackKind.Int64 or StackKind.Reference
            ? OriginSet.Of(new ValueOrigin(i < arguments ? OriginKind.Parameter : OriginKind.Variable, i), v.Type is PointerType) with { IsReference = v.Kind == StackKind.Reference }
            : OriginSet.None)]);
    }

    public OriginState Copy(OriginState state) => state.Copy();

    public void Transfer(int instruction, OriginState state)
    {
        BasicBlock block = analysis.Graph.BlockOf(instruction);
        if (block.Range.Start == instruction)
        {
            state.Frame = analysis.StateAt(block);
        }

        _transfer.Execute(instruction, state);
    }

    public bool MattersToHandlers(int instruction) => Effects.IsSeenByHandlers(analysis.Member[instruction]);

    public OriginState EnterHandler(OriginState raised, bool pushesException)
    {
        OriginState state = raised.Raised();
        if (pushesException)
        {
            state.Push(OriginSet.None);
        }

        return state;
    }

    public void ClearStack(OriginState state) => state.PopTo(0);

    public OriginState Arrive(OriginState state, int block) => state.For(analysis.Graph.Blocks[block].Range.Start);

    public bool Join(OriginState into, OriginState from) => into.Join(from);
}
