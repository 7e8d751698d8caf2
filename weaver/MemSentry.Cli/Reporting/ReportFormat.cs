namespace MemSentry.Cli.Reporting;

/// <summary>How a command prints what it found.</summary>
internal enum ReportFormat
{
    /// <summary>Lines and columns for people.</summary>
    Table,

    /// <summary>The documented form for programs.</summary>
    Json,

    /// <summary>SARIF 2.1.0 (OASIS), which code-scanning services and editors read.</summary>
    Sarif,

    /// <summary>Tables for a page, a pull request, a build summary.</summary>
    Markdown,
}
