namespace MemSentry.Cli.Tests;

/// <summary>What a run of the tool left: its exit code and its two streams, one entry per line.</summary>
public sealed record CliResult(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
{
    public override string ToString() => string.Join("\n", [$"exit code {ExitCode}", .. Output, "-- errors:", .. Errors]);
}
