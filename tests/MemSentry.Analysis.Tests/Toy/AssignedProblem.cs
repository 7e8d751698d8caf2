using MemSentry.Analysis.Dataflow;

namespace MemSentry.Analysis.Tests.Toy;

/// <summary>Which variables may have been set, and which surely were: a may and a must analysis in one state, on the toy instruction set.</summary>
internal sealed class AssignedProblem(ToyProgram program) : IForwardProblem<AssignedProblem.State>
{
    public sealed record State(HashSet<string> May, HashSet<string> Must)
    {
        public override string ToString() => $"may {string.Join(",", May.Order())}; must {string.Join(",", Must.Order())}";
    }

    public int Transfers { get; private set; }

    public State AtEntry() => new([], []);

    public State Copy(State state) => new([.. state.May], [.. state.Must]);

    public void Transfer(int instruction, State state)
    {
        Transfers++;
        string[] words = program[instruction];
        if (words[0] == "set")
        {
            state.May.Add(words[1]);
            state.Must.Add(words[1]);
        }
        else if (words[0] == "clear")
        {
            state.May.Remove(words[1]);
            state.Must.Remove(words[1]);
        }
    }

    public bool MattersToHandlers(int instruction) => program[instruction][0] is "set" or "clear";

    public State EnterHandler(State raised, bool pushesException) => Copy(raised);

    public void ClearStack(State state)
    {
    }

    public bool Join(State into, State from)
    {
        int may = into.May.Count;
        int must = into.Must.Count;
        into.May.UnionWith(from.May);
        into.Must.IntersectWith(from.Must);
        return may != into.May.Count || must != into.Must.Count;
    }
}
