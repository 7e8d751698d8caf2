namespace MemSentry.Fuzzing.Running;

/// <summary>What a runner is started as.</summary>
/// <param name="Command">The word that stands before the position file.</param>
/// <param name="More">Arguments behind it.</param>
public sealed record RunnerProgram(string Command, params IReadOnlyList<string> More)
{
    /// <summary>One that runs members.</summary>
    public static RunnerProgram Members { get; } = new("run");

    /// <summary>The program.</summary>
    public string Host { get; init; } = typeof(RunnerProgram).Assembly.Location;

    /// <summary>What stands in where the machine lacks something, as the runtime's own variable says it; null for nothing.</summary>
    public string? Fallback { get; init; }
}
