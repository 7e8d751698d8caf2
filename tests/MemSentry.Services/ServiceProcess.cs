using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MemSentry.Services;

/// <summary>A running token service, or its supervisor, on a port of the loopback interface that the kernel chose.</summary>
public sealed class ServiceProcess : IDisposable
{
    private const string Announcement = "Now listening on: http://127.0.0.1:";
    /// <summary>Only against a hang for ever: a busy machine may take its time, and an emulated one does.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly StringBuilder _output = new();

    private ServiceProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a service.</summary>
    /// <param name="folder">See <see cref="ServiceBuild"/>.</param>
    /// <param name="variables">Settings like <c>Tokens__KeyFile</c>.</param>
    public static ServiceProcess Start(string folder, IReadOnlyDictionary<string, string> variables) =>
        Run("dotnet", [Path.Combine(folder, ServiceBuild.ProgramFile)], variables);

    /// <summary>Starts a service under its supervisor.</summary>
    /// <param name="folder">See <see cref="ServiceBuild"/>.</param>
    /// <param name="variables">Settings like <c>Tokens__KeyFile</c>.</param>
    public static ServiceProcess StartSupervised(string folder, IReadOnlyDictionary<string, string> variables) =>
        Run(Path.Combine(folder, "supervise.sh"), ["dotnet", Path.Combine(folder, ServiceBuild.ProgramFile)], variables);

    /// <summary>Starts a service from a shell.</summary>
    /// <param name="setup">What the shell does before.</param>
    /// <param name="folder">See <see cref="ServiceBuild"/>.</param>
    /// <param name="variables">Settings like <c>Tokens__KeyFile</c>.</param>
    public static ServiceProcess StartAfter(string setup, string folder, IReadOnlyDictionary<string, string> variables) =>
        Run("bash", ["-c", $"{setup} && exec dotnet \"$0\"", Path.Combine(folder, ServiceBuild.ProgramFile)], variables);

    /// <summary>A client of the service, as soon as it announces its port; under a supervisor, of the next service that does.</summary>
    /// <exception cref="ServiceException">It ends instead, or says nothing for minutes.</exception>
    public HttpClient Connect()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (ReadLine(patience.Token) is { } line)
        {
            int at = line.IndexOf(Announcement, StringComparison.Ordinal);
            if (at >= 0)
                return new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{line.AsSpan(at + Announcement.Length)}"), Timeout = Patience };
        }

        ServiceEnd end = WaitForEnd();
        throw new ServiceException($"The service ended with {end.ExitCode}: {end.Errors}", end);
    }

    /// <summary>Tells it to stop, as an operator does.</summary>
    public void Stop()
    {
        using Process kill = Process.Start("bash", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {Id}")]);
        kill.WaitForExit();
    }

    /// <summary>Waits until it has ended.</summary>
    /// <exception cref="ServiceException">It goes on for minutes.</exception>
    public ServiceEnd WaitForEnd()
    {
        if (!_process.WaitForExit(Patience))
            throw new ServiceException("The service did not end.", end: null);

        _output.Append(_process.StandardOutput.ReadToEnd());
        return new ServiceEnd(_process.ExitCode, _output.ToString(), _errors.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static ServiceProcess Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("MEMSENTRY_FALLBACK");
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        start.Environment["Urls"] = "http://127.0.0.1:0";
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        return new ServiceProcess(Process.Start(start)!);
    }

    private string? ReadLine(CancellationToken patience)
    {
        try
        {
            string? line = _process.StandardOutput.ReadLineAsync(patience).AsTask().GetAwaiter().GetResult();
            _output.AppendLine(line);
            return line;
        }
        catch (OperationCanceledException)
        {
            throw new ServiceException($"The service did not announce a port within {Patience.TotalSeconds} s.", end: null);
        }
    }
}
