namespace MemSentry.Windows;

/// <summary>How the program ended, and what it wrote.</summary>
/// <param name="ExitCode">134 for SIGABRT: how .NET ends a process after a fault.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
public sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Everything, for messages.</summary>
    public override string ToString() => $"{ExitCode}\n{Output}\n{Errors}";
}
