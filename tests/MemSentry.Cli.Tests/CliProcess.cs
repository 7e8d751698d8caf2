using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MemSentry.Cli.Tests;

/// <summary>Runs the built tool as users do: as a process of its own.</summary>
public static class CliProcess
{
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "memsentry-weave.dll");

    private static readonly string Host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    public static CliResult Run(params string[] arguments) => Run(new ProcessStartInfo(Host, [Tool, .. arguments]));

    /// <summary>Runs the tool in a folder.</summary>
    public static CliResult RunIn(string folder, params string[] arguments) =>
        Run(new ProcessStartInfo(Host, [Tool, .. arguments]) { WorkingDirectory = folder });

    /// <summary>Runs another program of .NET.</summary>
    public static CliResult RunProgram(string program) => Run(new ProcessStartInfo(Host, ["exec", program]));

    /// <summary>Runs any program.</summary>
    public static CliResult RunProgramAt(string program, params string[] arguments) => Run(new ProcessStartInfo(program, arguments));

    /// <summary>Runs the tool by way of another program, to which its command line is appended.</summary>
    public static CliResult RunUnder(string[] program, params string[] arguments) =>
        Run(new ProcessStartInfo(program[0], [.. program[1..], Host, Tool, .. arguments]));

    /// <summary>Runs the tool in a terminal: what it writes there, with its orders to the terminal.</summary>
    public static string RunInTerminal(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        string command = string.Join(' ', new[] { Host, Tool }.Concat(arguments).Select(a => $"'{a}'"));
        var start = new ProcessStartInfo("script", ["--quiet", "--return", "--command", command, "/dev/null"]) { Environment = { ["TERM"] = "xterm-256color" } };
        start.Environment.Remove("NO_COLOR");
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        start.RedirectStandardInput = true;
        return string.Join('\n', Run(start).Output);
    }

    /// <summary>Runs a command of the tool under <c>ulimit -v</c>.</summary>
    public static CliResult RunWithAddressSpaceLimit(long kibibytes, string command, string fallback = "") =>
        Run(new ProcessStartInfo("/bin/sh", ["-c", $"ulimit -v {kibibytes}; exec \"$@\"", "sh", Host, Tool, command])
        {
            Environment =
            {
                // The collector reserves 256 GiB by itself; with a limit it has to be told to be modest.
                ["DOTNET_GCHeapHardLimit"] = "8000000",
                ["MEMSENTRY_FALLBACK"] = fallback,
            },
        });

    /// <summary>Runs the tool from a shell that has run another command first.</summary>
    public static CliResult RunAfter(string shellCommand, string command) =>
        Run(new ProcessStartInfo("/bin/sh", ["-c", $"{shellCommand}; exec \"$@\"", "sh", Host, Tool, command]));

    private static CliResult Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CliResult(process.ExitCode, Lines(output), Lines(errors.GetAwaiter().GetResult()));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
