using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Held;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>Where masked copies would be masked and loaded, and whether that is less work than a mask behind each load.</summary>
internal sealed class CopyCosts
{
    private readonly Copy[] _copies;

    public CopyCosts(ControlFlowGraph graph, CopyEvents[] events, ulong[] liveAtEnd, int copies)
    {
        _copies = [.. Enumerable.Range(0, copies).Select(_ => new Copy())];
        long[] weights = LoopNesting.WeightsOf(graph);
        foreach (BasicBlock block in graph.Blocks)
        {
            Look(events[block.Index], liveAtEnd[block.Index], weights[block.Index]);
        }

        ulong atEntry = events[0].LiveBefore(liveAtEnd[0]);
        foreach (int copy in In(atEntry))
        {
            _copies[copy].IsLiveAtEntry = true;
            _copies[copy].Gain--;
        }
    }

    /// <summary>Whether a copy is masked less often than it is loaded.</summary>
    public bool Pays(int copy) => _copies[copy].Gain > 0;

    /// <summary>The copy of a variable.</summary>
    public MaskedCopy CopyOf(int copy, object variable, HeldOperands held) =>
        new(variable, _copies[copy].IsLiveAtEntry, [.. _copies[copy].Stores], [.. _copies[copy].Stores.Where(s => held.Include(s, 0))], [.. _copies[copy].Calls], held.AnyCanBe, [.. _copies[copy].Loads]);

    private void Look(CopyEvents events, ulong liveAtEnd, long weight)
    {
        ulong live = liveAtEnd;
        foreach ((Instruction instruction, int copy, bool isLoad) in events.FromTheEnd())
        {
            if (isLoad)
            {
                _copies[copy].Loads.Add(instruction);
                _copies[copy].Gain += weight;
                live |= 1UL << copy;
                continue;
            }

            foreach (int masked in In(copy == CopyEvents.All ? live : live & (1UL << copy)))
            {
                (copy == CopyEvents.All ? _copies[masked].Calls : _copies[masked].Stores).Add(instruction);
                _copies[masked].Gain -= weight;
            }

            live = copy == CopyEvents.All ? 0 : live & ~(1UL << copy);
        }
    }

    private static IEnumerable<int> In(ulong set)
    {
        for (; set != 0; set &= set - 1)
        {
            yield return System.Numerics.BitOperations.TrailingZeroCount(set);
        }
    }

    private sealed class Copy
    {
        public List<Instruction> Loads { get; } = [];

        public List<Instruction> Stores { get; } = [];

        public List<Instruction> Calls { get; } = [];

        public bool IsLiveAtEntry { get; set; }

        /// <summary>How often it is loaded, less how often it is masked.</summary>
        public long Gain { get; set; }
    }
}
