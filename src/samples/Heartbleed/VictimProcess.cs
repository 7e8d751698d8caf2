using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Heartbleed;

/// <summary>A running server: one build of the victim in a process of its own.</summary>
internal sealed partial class VictimProcess : IDisposable
{
    private const string Greeting = "listening on port ";
    private const string Refusal = "refused: ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private VictimProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The TCP port on the loopback interface.</summary>
    public int Port { get; private set; }

    /// <summary>Starts a server and hands the key over.</summary>
    /// <exception cref="VictimException">The server ended or said something else than its port.</exception>
    public static VictimProcess Start(string variant, string keyPlace, IReadOnlyDictionary<string, string> environment, byte[] key)
    {
        var start = new ProcessStartInfo(DotnetHost())
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "victims", variant, "Heartbleed.Victim.dll"), keyPlace },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;

        var victim = new VictimProcess(Process.Start(start)!);
        try
        {
            victim.HandOver(key);
            string line = victim.ReadLogUntil(Greeting);
            victim.Port = int.Parse(line.AsSpan(Greeting.Length), CultureInfo.InvariantCulture);
            return victim;
        }
        catch
        {
            victim.Dispose();
            throw;
        }
    }

    /// <summary>What the server's log says about the record that it refused last: the first sentence.</summary>
    /// <exception cref="VictimException">It says nothing within 10 seconds.</exception>
    public string ReadRefusal()
    {
        string line = ReadLogUntil(Refusal)[Refusal.Length..];
        int end = line.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? line : line[..end];
    }

    /// <summary>What a server that has been stopped says of it: the first clause of the sentence with the code.</summary>
    /// <exception cref="VictimException">It has not ended within 10 seconds.</exception>
    public string ReadLastWords()
    {
        if (!_process.WaitForExit(Patience))
            throw new VictimException($"The server did not end within {Patience.TotalSeconds} s.");

        string reason = Reason(_errors.GetAwaiter().GetResult());
        int end = reason.IndexOf(", by the instruction", StringComparison.Ordinal);
        return end < 0 ? reason : reason[..end];
    }

    public void Dispose()
    {
        // A server waits for the end of its input; kill only what does not hear it.
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Patience))
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void HandOver(byte[] key)
    {
        try
        {
            _process.StandardInput.BaseStream.Write(key);
            _process.StandardInput.BaseStream.Flush();
        }
        catch (IOException)
        {
            // It ended before it took the key; reading its log says why.
        }
    }

    private string ReadLogUntil(string beginning)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (_process.StandardOutput.ReadLineAsync(patience.Token).AsTask().GetAwaiter().GetResult() is { } line)
            {
                if (line.StartsWith(beginning, StringComparison.Ordinal))
                    return line;
            }
        }
        catch (OperationCanceledException)
        {
            throw new VictimException($"The server did not say '{beginning}' within {Patience.TotalSeconds} s.");
        }

        throw new VictimException($"The server ended: {Reason(_errors.GetAwaiter().GetResult())}");
    }

    // A refusal to start leaves the process as an unhandled exception; the sentence with the code is what its user needs.
    private static string Reason(string errors)
    {
        string[] lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Match coded = CodedSentence().Match(errors);
        return coded.Success ? coded.Value : lines.FirstOrDefault("it said nothing");
    }

    [GeneratedRegex(@"MS\d{4}: .*")]
    private static partial Regex CodedSentence();

    // The host that runs this process runs the server too: <root>/shared/Microsoft.NETCore.App/<version>/ lies three levels below it.
    private static string DotnetHost() =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
