namespace MemSentry.Cli.Inspecting;

/// <summary>How <c>list</c> prints.</summary>
internal enum ListFormat
{
    /// <summary>Columns for people.</summary>
    Table,

    /// <summary>The documented form for programs (docs/list-format.md).</summary>
    Json,
}
