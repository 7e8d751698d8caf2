namespace MemSentry.Analysis.Diagnostics;

/// <summary>How a host treats a diagnostic.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Told on request only.</summary>
    Info,

    /// <summary>The result is valid; the user should know something about it.</summary>
    Warning,

    /// <summary>No result is delivered.</summary>
    Error,
}
