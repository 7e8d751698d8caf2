using System.Diagnostics;

namespace MemSentry.Corpus.Children;

/// <summary>Runs a child to its end.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed or did not end.</exception>
    public static ChildReport Run(ProcessStartInfo start, params (string Name, string Value)[] environment)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;

        using Process child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        Task<string> errors = child.StandardError.ReadToEndAsync();
        if (!child.WaitForExit(Patience))
        {
            child.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"'{string.Join(' ', start.ArgumentList)}' did not end in time.");
        }

        return child.ExitCode == 0
            ? ChildReport.Parse(output.Result)
            : throw new InvalidOperationException($"'{string.Join(' ', start.ArgumentList)}' ended with {child.ExitCode}: {string.Join(" | ", errors.Result.Split('\n').Take(4))}");
    }
}
