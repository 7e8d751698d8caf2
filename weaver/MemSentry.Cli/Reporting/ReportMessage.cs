using System.Globalization;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Verifier;

namespace MemSentry.Cli.Reporting;

/// <summary>One thing that was said about an input, whoever said it: weaver or verifier.</summary>
/// <param name="Code">For example <c>MS2001</c>.</param>
/// <param name="Name">The code in words, for example <c>NotAnAssembly</c>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Text">A full sentence without the code.</param>
/// <param name="Line">The message as a compiler would print it.</param>
/// <param name="Source">Where in the source, if that is known.</param>
/// <param name="Member">The member that it is about, if there is one.</param>
internal sealed record ReportMessage(
    string Code, string Name, DiagnosticSeverity Severity, string Text, string Line, SourceLocation? Source = null, string? Member = null)
{
    /// <summary>The message of a weaver.</summary>
    public static ReportMessage Of(Diagnostic diagnostic) => new(
        diagnostic.Code, diagnostic.Id.ToString(), diagnostic.Severity, diagnostic.Message, diagnostic.ToString(), diagnostic.Location);

    /// <summary>The finding of the verifier.</summary>
    public static ReportMessage Of(Finding finding)
    {
        string place = finding.Offset is { } offset ? string.Create(CultureInfo.InvariantCulture, $"IL_{offset:x4} ({finding.Opcode}): ") : "";
        return new ReportMessage(
            string.Create(CultureInfo.InvariantCulture, $"MS{(int)finding.Code}"),
            finding.Code.ToString(),
            DiagnosticSeverity.Error,
            place + finding.Reason,
            finding.ToString(),
            finding.Position is { } p ? new SourceLocation(p.File, p.Line, p.Column) : null,
            finding.Member);
    }

    /// <summary>The line, with the input's name in front where it does not tell which of several inputs is meant.</summary>
    public string LineFor(string input) =>
        Source is not null || Line.Contains(Path.GetFileNameWithoutExtension(input), StringComparison.Ordinal) ? Line : $"{input}: {Line}";
}
