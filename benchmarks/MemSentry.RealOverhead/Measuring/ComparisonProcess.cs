using System.Diagnostics;
using System.Globalization;

namespace MemSentry.RealOverhead.Measuring;

/// <summary>
/// A process that compares the arms. It compiles each member once, in full, and uses no code that was compiled ahead of time: what is woven has none, and the other arm must not have an advantage
/// of another kind, such as a profile. Nothing is collected in the background, and next to nothing while something is timed: the youngest generation has room for all that a stretch allocates,
/// large objects included, and keeps its memory.
/// </summary>
internal static class ComparisonProcess
{
    private static readonly (string Name, string Value)[] Settings =
    [
        ("DOTNET_TieredCompilation", "0"), ("DOTNET_ReadyToRun", "0"), ("DOTNET_gcConcurrent", "0"), ("DOTNET_gcServer", "0"),
        ("DOTNET_GCgen0size", "4000000"), ("DOTNET_GCLOHThreshold", "2000000"), ("DOTNET_GCRetainVM", "1"),
    ];

    /// <summary>Runs it to its end.</summary>
    /// <returns>Woven over unwoven processor time: several samples of each work.</returns>
    /// <exception cref="InvalidDataException">It failed; what it printed on the error stream says why.</exception>
    public static IReadOnlyList<(string Work, double Ratio)> Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        foreach ((string name, string value) in Settings)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode == 0 && lines.Length > 0
            ? [.. lines.Select(l => l.Split(' ')).Select(words => (words[0], double.Parse(words[1], CultureInfo.InvariantCulture)))]
            : throw new InvalidDataException($"the process that compares ended with {process.ExitCode}; what it printed above says why");
    }
}
