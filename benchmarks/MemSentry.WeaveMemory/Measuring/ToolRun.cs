using System.Diagnostics;
using System.Reflection;

namespace MemSentry.WeaveMemory.Measuring;

/// <summary>The command-line tool as a process of its own.</summary>
internal static class ToolRun
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);

    private static readonly string Tool = typeof(ToolRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "CommandLineTool").Value!;

    /// <summary>Weaves assemblies.</summary>
    /// <returns>The most physical memory that it had at once, in bytes: the kernel's own mark, which never goes down, as it stood at the last glance.</returns>
    /// <exception cref="InvalidOperationException">The tool did not weave all of them.</exception>
    public static long PeakMemory(IEnumerable<string> inputs, string output)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Tool, "weave", .. inputs, "--output", output]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> said = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(Glance))
            peak = Math.Max(peak, PeakOf(process));

        return process.ExitCode == 0 && peak > 0 ? peak : throw new InvalidOperationException($"the tool ended with {process.ExitCode}: {errors.Result}{said.Result}");
    }

    private static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It has ended since the caller looked.
            return 0;
        }
    }
}
