using MemSentry.Analysis.Diagnostics;
using MemSentry.Cli.Inspecting;
using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Reporting.Sarif;

/// <summary>Makes results of what was said about inputs, and of the sites and members of a list.</summary>
internal static class SarifResults
{
    /// <summary>Every message of every input.</summary>
    public static IEnumerable<SarifResult> Of(IEnumerable<InputOutcome> outcomes) =>
        from outcome in outcomes
        from message in outcome.Messages
        select Of(message, outcome.Input.File);

    /// <summary>One message about a file.</summary>
    public static SarifResult Of(ReportMessage message, string file) =>
        new(message.Code, message.Name, LevelOf(message.Severity), message.Text, file, message.Source, message.Member);

    /// <summary>Every site: what a weave does about it is the rule.</summary>
    public static IEnumerable<SarifResult> Of(SiteReport report, string file) => report.Sites.Select(s => Of(s, file));

    /// <summary>Every whitelisted member and every marked access.</summary>
    public static IEnumerable<SarifResult> Of(TrustReport report, string file) =>
    [
        .. report.Members.Select(m => new SarifResult("member/whitelisted", "Whitelisted", "none",
            $"Trusted with safe regions: {m.CodeSize} bytes of IL, {m.Callers.Count} calls, visible {(m.IsVisibleOutside ? "outside" : "inside")}.", file, Member: m.Member)),
        .. report.MarkedAccesses.Select(a => Of(a, file)),
    ];

    private static SarifResult Of(AccessSite site, string file) => new(
        $"site/{Wording.Name(site.Decision)}",
        site.Decision.ToString(),
        "none",
        $"{Wording.Name(site.Kind)} by {site.Opcode} at {Wording.Offset(site.Offset)}, operand {site.Operand}: {Wording.Name(site.Decision)}; {OriginText.Of(site.Reason)}.",
        file,
        Member: site.Member);

    private static string LevelOf(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "note",
    };
}
