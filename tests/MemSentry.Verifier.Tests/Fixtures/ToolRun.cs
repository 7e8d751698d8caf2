namespace MemSentry.Verifier.Tests.Fixtures;

/// <summary>What a run of the command-line tool left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">The lines of its standard output.</param>
/// <param name="Errors">The lines of its standard error.</param>
internal sealed record ToolRun(int ExitCode, string[] Output, string[] Errors);
