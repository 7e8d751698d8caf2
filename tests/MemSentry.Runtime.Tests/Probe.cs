using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MemSentry.Runtime.Tests;

/// <summary>Runs a scenario of MemSentry.Runtime.Probe, which the build has put beside the tests, in a child process.</summary>
internal sealed record Probe(string Scenario, params string[] Arguments)
{
    /// <summary>Only against a hang for ever: a busy machine may take its time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The probe's own file.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "MemSentry.Runtime.Probe.dll");

    /// <summary>Environment variables on top of the tests' own.</summary>
    public Dictionary<string, string> Environment { get; init; } = [];

    /// <summary>Shell commands before the start, for example <c>ulimit -v 1000</c>.</summary>
    public string ShellSetup { get; init; } = "true";

    /// <summary>The program's file: the probe, or a copy of it.</summary>
    public string Program { get; init; } = Assembly;

    /// <summary>Another runtimeconfig.json than the probe's own.</summary>
    public string? RuntimeConfig { get; init; }

    /// <summary>The <c>dotnet</c> that runs the tests: <c>shared/Microsoft.NETCore.App/version</c> lies beside it.</summary>
    public static string Host { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    public ChildResult Run()
    {
        var start = new ProcessStartInfo("/bin/bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] configuration = RuntimeConfig is null ? [] : ["--runtimeconfig", RuntimeConfig];
        foreach (string argument in (string[])["-c", $"{ShellSetup}; exec \"$@\"", "bash", Host, "exec", .. configuration, Program, Scenario, .. Arguments])
        {
            start.ArgumentList.Add(argument);
        }

        // What surrounds the tests must not decide them.
        start.Environment.Remove("MEMSENTRY_FALLBACK");
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        foreach ((string name, string value) in Environment)
        {
            start.Environment[name] = value;
        }

        using Process child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        Task<string> error = child.StandardError.ReadToEndAsync();
        if (!child.WaitForExit(Patience))
        {
            child.Kill();
            Assert.Fail($"The scenario '{Scenario}' hangs.");
        }

        return new ChildResult(child.ExitCode, output.Result.Trim(), error.Result.Trim());
    }
}
