using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MemSentry.Attacks.Running;

namespace MemSentry.Attacks.Domains;

/// <summary>Starts the child of one domain-based method.</summary>
public static class DomainProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs rows.</summary>
    /// <param name="folder">Where the fixtures are.</param>
    /// <param name="seed">What the secret is made from.</param>
    /// <param name="rows">The rows' names.</param>
    /// <returns>What was observed, by row, and why something is missing.</returns>
    public static (IReadOnlyDictionary<string, DomainFacts> Facts, string? Failure) Run(string folder, int seed, IEnumerable<string> rows)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(DomainProcess).Assembly.Location, "domain", folder, seed.ToString(CultureInfo.InvariantCulture), string.Join(',', rows)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("MEMSENTRY_FALLBACK");
        foreach ((string name, string value) in ExecutionMode.Default.WithForks().Environment)
            start.Environment[name] = value;

        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync();
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        bool isInTime = child.WaitForExit(Patience);
        if (!isInTime)
            child.Kill(entireProcessTree: true);
        child.WaitForExit();

        return Read(output.Result, isInTime ? child.ExitCode : null, errors.Result);
    }

    /// <summary>Reads what a child has printed.</summary>
    /// <param name="output">All of it; lines of others may be among it.</param>
    /// <param name="exitCode">Its exit code; null if it was not waited for any longer.</param>
    /// <param name="errors">What it has said about its end.</param>
    public static (IReadOnlyDictionary<string, DomainFacts> Facts, string? Failure) Read(string output, int? exitCode, string errors)
    {
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, DomainFacts> facts = lines.Where(line => line.StartsWith(ExperimentProgram.Facts, StringComparison.Ordinal))
            .Select(line => JsonSerializer.Deserialize(line.AsSpan(ExperimentProgram.Facts.Length), FactsJson.Default.DomainFacts)!)
            .ToDictionary(f => f.Row);
        bool isComplete = exitCode == 0 && lines.Contains(ExperimentProgram.End);
        return (facts, isComplete ? null : string.Create(CultureInfo.InvariantCulture, $"the process ended with exit code {exitCode} after {facts.Count} rows: {errors.Trim()}"));
    }
}
