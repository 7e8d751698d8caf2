using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MemSentry.Attacks.Building;

namespace MemSentry.Attacks.Running;

/// <summary>Starts a child for one build of the fixtures and collects what it observed. A child that dies fails by name, it hides nothing.</summary>
public static class ExperimentProcess
{
    private const string FallbackVariable = "MEMSENTRY_FALLBACK";
    // 128 + SIGABRT.
    private const int Aborted = 134;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs the rows of a folder in a process of their own; when it dies, another one goes on with the next row.</summary>
    /// <param name="folder">Where the fixtures are.</param>
    /// <param name="arm">How they are woven; if they are not, the child runs with the fallback <c>unprotected</c>.</param>
    /// <param name="mode">How the child's runtime is set up.</param>
    /// <param name="seed">What the secret is made from.</param>
    /// <param name="filter">Part of the rows' names; empty for all.</param>
    public static ExperimentRun Run(string folder, Arm arm, ExecutionMode mode, int seed, string filter = "")
    {
        var facts = new Dictionary<string, RowFacts>();
        var failures = new List<string>();
        int started = 0;
        string death = "";
        while (RunFrom(started, StartInfo(folder, arm, mode, seed, filter, started, death), facts) is { } end)
        {
            // A row that may end its process is started once more, with what the process said: the one that knows the rows judges it.
            if (end.Death is not null)
            {
                (started, death) = (end.Started - 1, end.Death);
                continue;
            }

            failures.Add(end.Message);
            if (end.Started == started)
                break;
            (started, death) = (end.Started, "");
        }

        return new(facts, failures);
    }

    /// <summary>Runs one child. If it is not the last one: why, how many rows have been started, and what it said if the last row was expected to end it.</summary>
    private static (string Message, int Started, string? Death)? RunFrom(int skipped, ProcessStartInfo start, Dictionary<string, RowFacts> facts)
    {
        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync();
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        bool isInTime = child.WaitForExit(Patience);
        if (!isInTime)
            child.Kill(entireProcessTree: true);
        child.WaitForExit();

        string[] lines = output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (string line in lines.Where(line => line.StartsWith(ExperimentProgram.Facts, StringComparison.Ordinal)))
        {
            RowFacts row = JsonSerializer.Deserialize(line.AsSpan(ExperimentProgram.Facts.Length), FactsJson.Default.RowFacts)!;
            facts.Add(row.Row, row);
        }

        bool isComplete = isInTime && child.ExitCode == 0 && lines.LastOrDefault() == ExperimentProgram.End;
        int started = skipped + lines.Count(line => line.StartsWith(ExperimentProgram.Begin, StringComparison.Ordinal));
        bool isExpected = child.ExitCode == Aborted && lines.LastOrDefault()?.StartsWith(ExperimentProgram.Alone, StringComparison.Ordinal) == true;
        return isComplete ? null : (Describe(lines, isInTime, child.ExitCode, errors.Result), started, isExpected ? errors.Result : null);
    }

    private static ProcessStartInfo StartInfo(string folder, Arm arm, ExecutionMode mode, int seed, string filter, int skipped, string death)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && IsDotnet(host) ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(ExperimentProcess).Assembly.Location);
        start.ArgumentList.Add("run");
        start.ArgumentList.Add(folder);
        start.ArgumentList.Add(seed.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(filter);
        start.ArgumentList.Add(skipped.ToString(CultureInfo.InvariantCulture));
        SafeRegionViolationKind[] faults = [.. Enum.GetValues<SafeRegionViolationKind>().Where(arm.MayFault)];
        start.ArgumentList.Add(string.Join(',', faults));
        start.ArgumentList.Add(death);
        start.Environment.Remove(FallbackVariable);
        if (!arm.IsWoven)
            start.Environment[FallbackVariable] = "unprotected";
        foreach ((string name, string value) in (faults.Length == 0 ? mode : mode.WithForks()).Environment)
            start.Environment[name] = value;
        return start;
    }

    private static bool IsDotnet(string path) => Path.GetFileNameWithoutExtension(path) == "dotnet";

    private static string Describe(string[] lines, bool isInTime, int exitCode, string errors)
    {
        string last = lines.LastOrDefault(line => line.StartsWith(ExperimentProgram.Begin, StringComparison.Ordinal)) ?? "begin (before the first row)";
        string cause = isInTime ? string.Create(CultureInfo.InvariantCulture, $"ended with exit code {exitCode}") : "did not end in time";
        string message = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "no message";
        return $"The process {cause} in {last[ExperimentProgram.Begin.Length..]}: {message}";
    }
}
