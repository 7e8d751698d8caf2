using System.Globalization;

namespace MemSentry.Analysis.Diagnostics;

/// <summary>One message with its code: what is wrong and what to do next, in one or two sentences.</summary>
/// <param name="Id">The code.</param>
/// <param name="Severity">How a host treats it.</param>
/// <param name="Message">A full sentence with the remedy; without the code.</param>
/// <param name="Location">Where in the source, if debug information tells.</param>
public sealed record Diagnostic(DiagnosticId Id, DiagnosticSeverity Severity, string Message, SourceLocation? Location = null)
{
    /// <summary>The code as users see it, for example <c>MS3001</c>.</summary>
    public string Code => "MS" + ((int)Id).ToString("D4", CultureInfo.InvariantCulture);

    /// <summary>An error.</summary>
    public static Diagnostic Error(DiagnosticId id, string message, SourceLocation? location = null) =>
        new(id, DiagnosticSeverity.Error, message, location);

    /// <summary>A warning.</summary>
    public static Diagnostic Warning(DiagnosticId id, string message, SourceLocation? location = null) =>
        new(id, DiagnosticSeverity.Warning, message, location);

    /// <inheritdoc/>
    public override string ToString()
    {
        string place = Location is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{Location.File}({Location.Line},{Location.Column}): ");
        string severity = Severity switch { DiagnosticSeverity.Error => "error", DiagnosticSeverity.Warning => "warning", _ => "info" };
        return $"{place}{severity} {Code}: {Message}";
    }
}
