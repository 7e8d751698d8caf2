using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MemSentry.Verifier.Tests.Fixtures;

/// <summary>Runs <c>memsentry-weave</c> as a process.</summary>
internal static class Tool
{
    /// <summary>Runs the tool that was built with the tests.</summary>
    public static ToolRun Run(IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        RunAt(Path.Combine(AppContext.BaseDirectory, "memsentry-weave.dll"), arguments, environment);

    /// <summary>Runs another copy of it.</summary>
    public static ToolRun RunAt(string tool, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        var start = new ProcessStartInfo(host, [tool, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolRun(process.ExitCode, Lines(output), Lines(errors.GetAwaiter().GetResult()));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
