using MemSentry.Analysis.Chains;
using MemSentry.Analysis.Planning;
using MemSentry.Cli.Output;
using MemSentry.Weaver.Inspection;
using Spectre.Console;

namespace MemSentry.Cli.Inspecting;

/// <summary>
/// Prints explanations: two columns of offsets, then the instruction, with <c>+</c> for what the weave adds and <c>-</c> for what it removes. The
/// decisions stand before the code that they led to.
/// </summary>
internal sealed class ExplanationText(IAnsiConsole console)
{
    private static readonly Style Head = new(decoration: Decoration.Bold);
    private static readonly Style Added = new(Color.Green);
    private static readonly Style Removed = new(Color.Red);
    private static readonly Style Guarded = new(Color.Yellow);
    private static readonly Style Free = new(decoration: Decoration.Dim);

    public void Write(IEnumerable<MemberExplanation> members)
    {
        foreach (MemberExplanation member in members)
            Write(member);
    }

    private void Write(MemberExplanation member)
    {
        Line(member.Member, Head);
        Line(Summary(member), Style.Plain);
        foreach (string range in member.Ranges)
            Line($"  after: {range}", Style.Plain);
        if (member.Lines.Count > 0)
            Line("  before   after", Style.Plain);
        foreach (ExplainedLine line in member.Lines)
            Write(line);
        Line("", Style.Plain);
    }

    private void Write(ExplainedLine line)
    {
        foreach ((AccessDecision decision, AccessChain? chain) in line.Decisions)
        {
            Style decided = decision.Verdict is AccessVerdict.Proven or AccessVerdict.WithinReach ? Free : Guarded;
            Line($"{"",22}// {DecisionText.Of(decision)}", decided);
            foreach (string sentence in ChainText.Of(chain))
                Line($"{"",22}//   {sentence}", decided);
        }

        if (line.GaveWayBy is { } pass)
            Line($"{"",22}// {PreparationText.Of(pass)}", Free);

        (string sign, Style style) = (line.Before, line.After) switch
        {
            (null, _) => ("+", Added),
            (_, null) => ("-", Removed),
            _ => (" ", Style.Plain),
        };
        Line($"  {Column(line.Before)}  {Column(line.After)}  {sign} {line.Text}", style);
    }

    private static string Column(int? offset) => $"{(offset is { } o ? Wording.Offset(o) : ""),-7}";

    private static string Summary(MemberExplanation member)
    {
        string token = Wording.Token(member.Token);
        return member switch
        {
            { SizeBefore: 0 } => $"  {token}: no IL, so nothing to weave",
            { IsWhitelisted: true } when member.Lines.All(l => l.Before is not null && l.After is not null) => $"  {token}: whitelisted, so it stays as it is; {member.SizeBefore} bytes of IL",
            { IsWhitelisted: true } => $"  {token}: whitelisted, so it opens the window for its body, which moves to a member of its own; {member.SizeBefore} bytes of IL before, {member.SizeAfter} after",
            _ => $"  {token}: {member.SizeBefore} bytes of IL before, {member.SizeAfter} after",
        };
    }

    private void Line(string text, Style style) => console.Write(new Text(PlainText.Of(text) + "\n", style));
}
