using MemSentry.Analysis.Diagnostics;

namespace MemSentry.Build;

/// <summary>
/// What the compiler does with its warnings under TreatWarningsAsErrors, WarningsNotAsErrors and NoWarn. WarningsAsErrors and
/// <c>-warnaserror</c> are MSBuild's own and reach every task.
/// </summary>
internal static class WarningPolicy
{
    private static readonly char[] Separators = [';', ',', ' '];

    public static Diagnostic Apply(Diagnostic diagnostic, bool treatWarningsAsErrors, string warningsNotAsErrors, string noWarn) =>
        diagnostic.Severity == DiagnosticSeverity.Warning
            && treatWarningsAsErrors
            && !Lists(warningsNotAsErrors, diagnostic)
            && !Lists(noWarn, diagnostic)
            ? diagnostic with { Severity = DiagnosticSeverity.Error }
            : diagnostic;

    private static bool Lists(string codes, Diagnostic diagnostic) => codes
        .Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Contains(diagnostic.Code, StringComparer.OrdinalIgnoreCase);
}
