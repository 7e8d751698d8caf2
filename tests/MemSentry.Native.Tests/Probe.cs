using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MemSentry.Native.Tests;

/// <summary>Runs a scenario of MemSentry.Native.Probe, which the build has put beside the tests, in a child process.</summary>
internal static class Probe
{
    /// <summary>How bash reports a death by SIGABRT.</summary>
    public const int Aborted = 128 + 6;

    /// <summary>Only against a hang for ever: a busy machine may take its time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The <c>dotnet</c> that runs the tests: <c>shared/Microsoft.NETCore.App/version</c> lies beside it.</summary>
    private static string Host { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    public static ProbeResult Run(params string[] arguments) => Run([], arguments);

    public static ProbeResult Run(IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        string program = Path.Combine(AppContext.BaseDirectory, "MemSentry.Native.Probe.dll");
        foreach (string argument in (string[])["-c", "exec \"$@\"", "bash", Host, "exec", program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        Task<string> error = child.StandardError.ReadToEndAsync();
        if (!child.WaitForExit(Patience))
        {
            child.Kill();
            Assert.Fail($"The scenario '{string.Join(' ', arguments)}' hangs.");
        }

        return new ProbeResult(child.ExitCode, output.Result.Trim(), error.Result.Trim());
    }
}
