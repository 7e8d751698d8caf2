namespace MemSentry.Commands;

/// <summary>How a command ended, and all it wrote.</summary>
/// <param name="Command">What was entered.</param>
/// <param name="ExitCode">What the process returned.</param>
/// <param name="Output">What it wrote to standard output, then what it wrote to standard error.</param>
public sealed record CommandResult(string Command, int ExitCode, string Output)
{
    /// <summary>Whether it ended with 0.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>What assertions show when they fail.</summary>
    public override string ToString() => $"{Command} -> {ExitCode}\n{Output}";
}
