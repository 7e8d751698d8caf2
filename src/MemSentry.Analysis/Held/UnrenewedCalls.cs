using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Provenance;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Held;

/// <summary>
/// Which instructions come, on some way, behind a call after which nothing is made new, with no other call in between. Ways by exceptions are left out: no renewal lies on them either, so they make no difference
/// between places.
/// </summary>
internal sealed class UnrenewedCalls
{
    private readonly MemberAnalysis _analysis;
    private readonly IReadOnlyDictionary<Instruction, int[]> _renewed;
    private readonly HashSet<Instruction> _behind = new(ReferenceEqualityComparer.Instance);

    public UnrenewedCalls(MemberAnalysis analysis, IReadOnlyDictionary<Instruction, int[]> renewed)
    {
        _analysis = analysis;
        _renewed = renewed;
        Solve();
    }

    /// <summary>Whether such a call comes before an instruction.</summary>
    public bool ComeBefore(Instruction instruction) => _behind.Contains(instruction);

    /// <summary>A block that such a call leads to is followed once from its start; before that, each block from its own calls.</summary>
    private void Solve()
    {
        var reached = new bool[_analysis.Graph.Blocks.Count];
        var waiting = new Stack<BasicBlock>();
        foreach (BasicBlock block in _analysis.Graph.Blocks)
        {
            Leave(block, Follow(block, false));
        }

        while (waiting.TryPop(out BasicBlock? block))
        {
            Leave(block, Follow(block, true));
        }

        void Leave(BasicBlock block, bool isBehind)
        {
            foreach (Edge edge in block.Successors)
            {
                if (isBehind && !edge.IsUnwind && !reached[edge.Target])
                {
                    reached[edge.Target] = true;
                    waiting.Push(_analysis.Graph.Blocks[edge.Target]);
                }
            }
        }
    }

    /// <summary>Goes through a block, and says whether such a call comes before its end.</summary>
    private bool Follow(BasicBlock block, bool isBehind)
    {
        for (int i = block.Range.Start; i < block.Range.End; i++)
        {
            Instruction instruction = _analysis.Member[i];
            if (isBehind)
            {
                _behind.Add(instruction);
            }

            if (_analysis.EndsProofs(instruction))
            {
                isBehind = !_renewed.ContainsKey(instruction);
            }
        }

        return isBehind;
    }
}
