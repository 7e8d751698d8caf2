using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Inspection;

/// <summary>Lays the bodies before and after the weave over each other. The weave moves no instruction past another, so one pass is enough.</summary>
internal static class BodyComparison
{
    public static IReadOnlyList<ExplainedLine> Interleave(BodySnapshot before, BodySnapshot after, IEnumerable<ExplainedDecision> made)
    {
        ILookup<Instruction, ExplainedDecision> decisions = made.ToLookup(d => d.Decision.Instruction);
        HashSet<Instruction> kept = [.. after.Instructions.Select(i => i.Instruction)];
        var lines = new List<ExplainedLine>();
        int next = 0;
        int unitStart = 0;
        foreach ((Instruction instruction, int offset, string text) in after.Instructions)
        {
            int? was = null;
            if (next < before.Instructions.Count && IsInInput(instruction, before, kept, ref next, lines))
                was = before.Instructions[next++].Offset;

            lines.Add(new ExplainedLine(was, offset, text, []));
            if (was is null || instruction.OpCode.OpCodeType == OpCodeType.Prefix)
                continue;

            // The unit is what the weave added, the prefixes and the instruction itself: what was decided is said before all of it.
            lines[unitStart] = lines[unitStart] with { Decisions = [.. decisions[instruction].OrderByDescending(d => d.Decision.Depth)] };
            unitStart = lines.Count;
        }

        return lines;
    }

    /// <summary>Whether the instruction is the input's next one that stayed; the removed ones before it get their lines.</summary>
    private static bool IsInInput(
        Instruction instruction, BodySnapshot before, HashSet<Instruction> kept, ref int next, List<ExplainedLine> lines)
    {
        int stayed = next;
        while (stayed < before.Instructions.Count && !kept.Contains(before.Instructions[stayed].Instruction))
            stayed++;
        if (stayed == before.Instructions.Count || before.Instructions[stayed].Instruction != instruction)
            return false;

        lines.AddRange(before.Instructions.Skip(next).Take(stayed - next).Select(r => new ExplainedLine(r.Offset, null, r.Text, [])));
        next = stayed;
        return true;
    }
}
