using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemSentry.Cli.Inspecting;
using MemSentry.Cli.Output;
using MemSentry.Cli.Reporting;
using Spectre.Console;

namespace MemSentry.Cli.Doctor;

/// <summary>Findings in each format.</summary>
internal static class FindingsText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IReadOnlyList<Finding> findings, ReportFormat format, TextWriter output)
    {
        switch (format)
        {
            case ReportFormat.Json:
                output.WriteLine(Json(findings).ToJsonString(Indented));
                break;
            case ReportFormat.Markdown:
                MarkdownTable.Write(["", "subject", "finding"], findings.Select(f => (string[])[MarkOf(f.Verdict).Mark, f.Subject, MarkdownTable.Text(f.Text)]), output);
                break;
            default:
                WriteColumns(findings, Terminal.Create(output));
                break;
        }
    }

    private static JsonObject Json(IReadOnlyList<Finding> findings) => new()
    {
        ["format"] = "memsentry-doctor",
        ["version"] = 1,
        ["findings"] = new JsonArray([.. findings.Select(f => new JsonObject { ["subject"] = f.Subject, ["verdict"] = Wording.Name(f.Verdict), ["text"] = f.Text })]),
    };

    private static void WriteColumns(IReadOnlyList<Finding> findings, IAnsiConsole console)
    {
        int width = findings.Max(f => f.Subject.Length);
        foreach (Finding finding in findings)
        {
            (string mark, Color colour) = MarkOf(finding.Verdict);
            console.Write(new Text($"{mark,-5}", new Style(colour)));
            console.Write(new Text($"{finding.Subject.PadRight(width)}  {finding.Text}\n"));
        }
    }

    private static (string Mark, Color Colour) MarkOf(Verdict verdict) => verdict switch
    {
        Verdict.Good => ("yes", Color.Green),
        Verdict.Bad => ("no", Color.Red),
        Verdict.Missing => ("-", Color.Yellow),
        _ => ("", Color.Default),
    };
}
