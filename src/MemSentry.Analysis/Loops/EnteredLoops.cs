using MemSentry.Analysis.ControlFlow;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Loops;

/// <summary>The instructions of a body with the entries of its loops in their places.</summary>
internal sealed class EnteredLoops
{
    private readonly Dictionary<Instruction, int> _positions = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Instruction> _added;
    private readonly Dictionary<Instruction, int> _redirected;

    public EnteredLoops(MethodBody body, IReadOnlyList<LoopEntry> entries)
    {
        _added = new(entries.SelectMany(e => e.Code), ReferenceEqualityComparer.Instance);
        Dictionary<Instruction, LoopEntry> entryAfter = entries.ToDictionary(e => e.After);
        var all = new List<Instruction>(body.Instructions.Count + _added.Count);
        foreach (Instruction instruction in body.Instructions)
        {
            LoopEntry? entry = entryAfter.GetValueOrDefault(instruction);
            _positions.Add(instruction, all.Count);
            if (entry is not { ReplacesBranch: true })
            {
                all.Add(instruction);
            }

            foreach (Instruction added in entry?.Code ?? [])
            {
                _positions.Add(added, all.Count);
                all.Add(added);
            }
        }

        Instructions = [.. all];
        _redirected = entries.SelectMany(e => e.Redirected.Select(branch => (branch, Target: _positions[e.Code[0]]))).ToDictionary(r => r.branch, r => r.Target);
    }

    /// <summary>All instructions, in their new order.</summary>
    public Instruction[] Instructions { get; }

    /// <summary>Where an instruction is; of a branch that gave way to the entry of a loop, where that begins.</summary>
    /// <exception cref="MalformedFlowException">It belongs to another body.</exception>
    public int IndexOf(Instruction instruction) =>
        _positions.TryGetValue(instruction, out int index) ? index : throw new MalformedFlowException("a branch leads out of the member");

    /// <summary>Where a branch leads that was redirected to the entry of a loop; null for any other.</summary>
    public int? RedirectedTarget(Instruction branch) => _redirected.TryGetValue(branch, out int target) ? target : null;

    /// <summary>Whether an instruction was added with the entry of a loop.</summary>
    public bool Include(Instruction instruction) => _added.Contains(instruction);
}
