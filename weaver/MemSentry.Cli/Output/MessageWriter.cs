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
    public void Write(Diagnostic diagnostic) => Write(diagnostic.ToString(), diagnostic.Severity);

    /// <summary>Writes a message in the colour of its severity.</summary>
    public void Write(string line, DiagnosticSeverity severity) => Write(line, StyleOf(severity));

    /// <summary>Writes a line of plain text.</summary>
    public void Write(string line) => Write(line, Style.Plain);

    // Names in damaged assemblies may hold anything; on a terminal, control characters would be commands.
    private void Write(string line, Style style) => _console.Write(new Text(PlainText.Of(line) + "\n", style));

    private static Style StyleOf(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => new Style(Color.Red),
        DiagnosticSeverity.Warning => new Style(Color.Yellow),
        _ => Style.Plain,
    };
}
