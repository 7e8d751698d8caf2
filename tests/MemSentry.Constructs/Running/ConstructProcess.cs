using System.Diagnostics;
using System.Globalization;
using MemSentry.Attacks.Running;
using MemSentry.Constructs.Building;

namespace MemSentry.Constructs.Running;

/// <summary>Starts a child for one folder of fixtures.</summary>
public static class ConstructProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs the fixtures of a folder.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="variant">What they are.</param>
    /// <param name="mode">How the child's runtime is set up.</param>
    /// <param name="rounds">How often each is run.</param>
    /// <param name="filter">Part of their names; empty for all.</param>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It died.</exception>
    public static string Run(string folder, Variant variant, ExecutionMode mode, int rounds = 1, string filter = "") =>
        Start(mode, "run", folder, variant.Name, rounds.ToString(CultureInfo.InvariantCulture), filter);

    /// <summary>Compiles all members of a folder's fixtures.</summary>
    /// <inheritdoc cref="Run" path="/returns"/>
    /// <inheritdoc cref="Run" path="/exception"/>
    public static string Prepare(string folder, ExecutionMode mode) => Start(mode, "prepare", folder);

    private static string Start(ExecutionMode mode, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(ConstructProcess).Assembly.Location);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Remove("MEMSENTRY_FALLBACK");
        foreach ((string name, string value) in mode.Environment)
            start.Environment[name] = value;

        using Process child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        Task<string> errors = child.StandardError.ReadToEndAsync();
        bool isInTime = child.WaitForExit(Patience);
        if (!isInTime)
            child.Kill(entireProcessTree: true);
        child.WaitForExit();
        return isInTime && child.ExitCode == 0 && output.Result.EndsWith(ConstructProgram.End + "\n", StringComparison.Ordinal)
            ? output.Result
            : throw new InvalidOperationException(Describe(output.Result, isInTime, child.ExitCode, errors.Result));
    }

    private static string Describe(string output, bool isInTime, int exitCode, string errors)
    {
        string last = output.Split('\n').LastOrDefault(line => line.StartsWith(ConstructProgram.Begin, StringComparison.Ordinal)) ?? "the beginning";
        string cause = isInTime ? string.Create(CultureInfo.InvariantCulture, $"ended with exit code {exitCode}") : "did not end in time";
        return $"The child {cause} in {last}:\n{string.Join('\n', errors.Split('\n').Take(12))}";
    }
}
