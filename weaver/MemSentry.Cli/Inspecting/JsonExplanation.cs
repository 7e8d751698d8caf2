using MemSentry.Analysis.Chains;
using MemSentry.Analysis.Origins;
using MemSentry.Analysis.Planning;
using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>A member before and after the weave, as JSON has it; docs/list-format.md explains the properties.</summary>
internal sealed record JsonExplanation(
    string Token, string Member, bool Whitelisted, int SizeBefore, int SizeAfter, IReadOnlyList<string> ClausesAfter, IReadOnlyList<JsonExplanation.Line> Lines)
{
    /// <summary>One instruction: only before, only after, or in both.</summary>
    public sealed record Line(int? Before, int? After, string Text, string? GaveWayBy, IReadOnlyList<Judgement>? Decisions);

    /// <summary>What was decided about one address operand of the instruction that the line, or the code behind it, belongs to.</summary>
    public sealed record Judgement(string Kind, int Operand, string Decision, string Reason, string Words, string? Pass, Chain? Chain);

    /// <summary>What a decision rests on: where the address comes from, the facts, the instructions that move it, and how far it lies from an address outside the block.</summary>
    public sealed record Chain(IReadOnlyList<Origin> Origins, IReadOnlyList<Fact> Facts, IReadOnlyList<int> Steps, IReadOnlyList<long>? Distance);

    /// <summary>A parameter or variable by its number, or an instruction by its offset; and the call that made it an origin again.</summary>
    public sealed record Origin(string Kind, int? Number, int? Offset, int? Since);

    /// <summary>What an instruction proves.</summary>
    public sealed record Fact(string Kind, int Offset);

    public static JsonExplanation Of(MemberExplanation member) => new(
        Wording.Token(member.Token), member.Member, member.IsWhitelisted, member.SizeBefore, member.SizeAfter, member.Ranges, [.. member.Lines.Select(Of)]);

    private static Line Of(ExplainedLine line) => new(
        line.Before, line.After, line.Text, line.GaveWayBy is { } pass ? Wording.Name(pass) : null, line.Decisions.Count == 0 ? null : [.. line.Decisions.Select(Of)]);

    private static Judgement Of(ExplainedDecision explained)
    {
        AccessDecision decision = explained.Decision;
        return new(
            Wording.Name(decision.Kind), decision.Depth, Wording.Name(decision.Verdict), Wording.Name(decision.Origin), DecisionText.Of(decision),
            decision.Pass is { } pass ? Wording.Name(pass) : null, explained.Chain is null ? null : Of(explained.Chain));
    }

    private static Chain Of(AccessChain chain) => new(
        [.. chain.Origins.Select(Of)],
        [.. chain.Facts.Select(f => new Fact(Wording.Name(f.Kind), f.Offset))],
        chain.Steps,
        chain.Distance is var (low, high) ? [low, high] : null);

    private static Origin Of(ChainOrigin origin) => origin.Kind is OriginKind.Parameter or OriginKind.Variable
        ? new(Wording.Name(origin.Kind), origin.Place, null, origin.Since)
        : new(Wording.Name(origin.Kind), null, origin.Place, origin.Since);
}
