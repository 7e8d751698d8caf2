using MemSentry.Cli.Reporting;
using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>Whitelists as Markdown: a table of members and their callers for each assembly.</summary>
internal static class TrustMarkdown
{
    private static readonly string[] Head = ["bytes", "visible", "member", "called by"];

    public static void Write(IReadOnlyList<TrustReport> reports, TextWriter output)
    {
        foreach (TrustReport report in reports)
        {
            output.WriteLine($"## {MarkdownTable.Code(report.Assembly)}\n\n{TrustTable.Summary(report)}\n");
            if (report.Members.Count > 0)
                MarkdownTable.Write(Head, report.Members.Select(Row), output);
            foreach (AccessSite access in report.MarkedAccesses)
                output.WriteLine($"* marked access: {Wording.Name(access.Kind)} by {access.Opcode} at {Wording.Offset(access.Offset)} of {MarkdownTable.Code(access.Member)}");
            output.WriteLine();
        }
    }

    private static string[] Row(TrustedMember member) =>
    [
        $"{member.CodeSize}",
        member.IsVisibleOutside ? "outside" : "inside",
        MarkdownTable.Code(member.Member),
        string.Join("; ", member.Callers.Select(c => $"{c.Opcode} in {MarkdownTable.Code(c.Member)} at {Wording.Offset(c.Offset)}")),
    ];
}
