namespace MemSentry.Packages.Tests.Infrastructure;

/// <summary>How a command ended, and all it wrote.</summary>
internal sealed record CommandResult(string Command, int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>What assertions show when they fail.</summary>
    public override string ToString() => $"{Command} -> {ExitCode}\n{Output}";
}
