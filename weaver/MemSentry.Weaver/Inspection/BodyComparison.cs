using MemSentry.Analysis.Options;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Inspection;

/// <summary>Lays the bodies before and after the weave over each other. The weave moves no instruction past another, so one pass is enough.</summary>
/// <param name="before">The body as the input has it.</param>
/// <param name="planned">The body that was planned, in which other instructions may have taken the place of some of the input.</param>
/// <param name="after">The woven body.</param>
internal sealed class BodyComparison(BodySnapshot before, IReadOnlyDictionary<Instruction, Code> planned, BodySnapshot after)
{
    private readonly HashSet<Instruction> _kept = [.. after.Instructions.Select(i => i.Instruction)];
    private readonly List<ExplainedLine> _lines = [];
    private int _next;

    /// <summary>The body before.</summary>
    public BodySnapshot Before => before;

    /// <summary>The body after.</summary>
    public BodySnapshot After => after;

    /// <summary>The lines, each decision with the code that it led to. Called once.</summary>
    public IReadOnlyList<ExplainedLine> Interleave(IEnumerable<ExplainedDecision> made)
    {
        ILookup<Instruction, ExplainedDecision> decisions = made.ToLookup(d => d.Decision.Instruction);
        int unitStart = 0;
        foreach ((Instruction instruction, _, int offset, string text) in after.Instructions)
        {
            int? was = null;
            if (_next < before.Instructions.Count && IsInInput(instruction))
            {
                (_, Code code, int from, string old) = before.Instructions[_next++];
                was = from;
                if (PassThatReplaced(code, instruction) is { } pass)
                {
                    _lines.Insert(unitStart, new ExplainedLine(was, null, old, [], pass));
                    unitStart++;
                    was = null;
                }
            }

            _lines.Add(new ExplainedLine(was, offset, text, []));
            if (!planned.ContainsKey(instruction) || instruction.OpCode.OpCodeType == OpCodeType.Prefix)
                continue;

            // The unit is what the weave added, the prefixes and the instruction itself: what was decided is said before all of it.
            _lines[unitStart] = _lines[unitStart] with { Decisions = [.. decisions[instruction].OrderByDescending(d => d.Decision.Depth)] };
            unitStart = _lines.Count;
        }

        return _lines;
    }

    /// <summary>Whether the instruction is the input's next one that stayed; the removed ones before it get their lines.</summary>
    private bool IsInInput(Instruction instruction)
    {
        int stayed = _next;
        while (stayed < before.Instructions.Count && !_kept.Contains(before.Instructions[stayed].Instruction))
            stayed++;
        if (stayed == before.Instructions.Count || before.Instructions[stayed].Instruction != instruction)
            return false;

        _lines.AddRange(before.Instructions.Skip(_next).Take(stayed - _next).Select(r => new ExplainedLine(r.Offset, null, r.Text, [])));
        _next = stayed;
        return true;
    }

    /// <summary>Which pass made an instruction of the input into another, before planning; null if none did. Both passes replace what the other leaves alone.</summary>
    private PlanningPass? PassThatReplaced(Code code, Instruction instruction) =>
        !planned.TryGetValue(instruction, out Code now) || now == code ? null : code is Code.Call or Code.Callvirt ? PlanningPass.Accessors : PlanningPass.Reloads;
}
