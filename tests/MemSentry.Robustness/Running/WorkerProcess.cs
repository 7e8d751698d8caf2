using System.Diagnostics;
using System.Text.Json;

namespace MemSentry.Robustness.Running;

/// <summary>A worker from outside: with little memory, and ended when it does not answer.</summary>
internal sealed class WorkerProcess : IDisposable
{
    // 512 MiB: a count that was believed shows as a refusal for lack of memory, or as a crash, and not as a dead machine.
    private const string HeapLimit = "0x20000000";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Process? _process;

    /// <summary>Runs a command.</summary>
    /// <returns>What it left; null if the worker crashed or did not answer, with the reason.</returns>
    public (CommandResult? Result, string? Failure) Run(string[] arguments)
    {
        Process process = _process ??= Start();
        try
        {
            process.StandardInput.WriteLine(JsonSerializer.Serialize(arguments));
            process.StandardInput.Flush();
            Task<string?> answer = process.StandardOutput.ReadLineAsync();
            if (!answer.Wait(Patience))
                return (null, Stop($"no answer in {Patience.TotalSeconds:f0} s"));
            return answer.Result is { } line ? (JsonSerializer.Deserialize<CommandResult>(line), null) : (null, Stop("crash"));
        }
        catch (IOException)
        {
            return (null, Stop("crash"));
        }
    }

    public void Dispose() => Stop("");

    private static Process Start()
    {
        string self = typeof(WorkerProcess).Assembly.Location;
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["exec", self, Worker.Argument])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_GCHeapHardLimit"] = HeapLimit, ["DOTNET_DbgEnableMiniDump"] = "0" },
        };
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private string Stop(string why)
    {
        if (_process is { } process)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
            _process = null;
        }

        return why;
    }
}
