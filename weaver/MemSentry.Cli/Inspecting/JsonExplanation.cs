using MemSentry.Analysis.Planning;
using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>A member before and after the weave, as JSON has it; docs/list-format.md explains the properties.</summary>
internal sealed record JsonExplanation(
    string Token, string Member, bool Whitelisted, int SizeBefore, int SizeAfter, IReadOnlyList<string> ClausesAfter, IReadOnlyList<JsonExplanation.Line> Lines)
{
    /// <summary>One instruction: only before, only after, or in both.</summary>
    public sealed record Line(int? Before, int? After, string Text, IReadOnlyList<Judgement>? Decisions);

    /// <summary>What was decided about one address operand of the instruction that the line, or the code behind it, belongs to.</summary>
    public sealed record Judgement(string Kind, int Operand, string Decision, string Reason, string Words);

    public static JsonExplanation Of(MemberExplanation member) => new(
        Wording.Token(member.Token), member.Member, member.IsWhitelisted, member.SizeBefore, member.SizeAfter, member.Ranges, [.. member.Lines.Select(Of)]);

    private static Line Of(ExplainedLine line) => new(line.Before, line.After, line.Text, line.Decisions.Count == 0 ? null : [.. line.Decisions.Select(Of)]);

    private static Judgement Of(AccessDecision decision) => new(
        Wording.Name(decision.Kind), decision.Depth, Wording.Name(decision.Verdict), Wording.Name(decision.Origin), DecisionText.Of(decision));
}
