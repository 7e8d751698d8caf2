namespace MemSentry.Runtime.Tests;

/// <summary>How a child process ended.</summary>
/// <param name="ExitCode">Its exit status; 128 and the signal's number if one killed it.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Error">All of its standard error.</param>
internal sealed record ChildResult(int ExitCode, string Output, string Error)
{
    /// <summary>abort(3): how .NET ends a process after a fault or an unhandled exception.</summary>
    public const int Aborted = 128 + 6;

    /// <summary>The runtime refused, and the probe printed the refusal.</summary>
    public const int Refused = 2;
}
