using MemSentry.Analysis.Diagnostics;
using Spectre.Console;

namespace MemSentry.Cli.Output;

/// <summary>
/// Writes one message per line, never wrapped, so that editors and build servers can read
/// <c>file(line,column): error MS####: text</c>.
/// </summary>
internal sealed class MessageWriter(TextWriter output)
{
    private readonly IAnsiConsole _console = Terminal.Create(output);

    /// <summary>Writes a diagnostic.</summary>
    public void Write(Diagnostic diagnostic) => _console.Write(new Text(diagnostic + "\n", StyleOf(diagnostic.Severity)));

    /// <summary>Writes a line of plain text.</summary>
    public void Write(string line) => _console.Write(new Text(line + "\n"));

    private static Style StyleOf(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => new Style(Color.Red),
        DiagnosticSeverity.Warning => new Style(Color.Yellow),
        _ => Style.Plain,
    };
}
