using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MemSentry.ServiceCost.Load;

/// <summary>
/// <c>wrk</c> against one service: eight connections that ask as fast as they are answered, but only while it is let. So services can be loaded in turn, in stretches
/// much shorter than the second that wrk counts in.
/// </summary>
internal sealed partial class WrkLoad : IDisposable
{
    private const int Connections = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process _wrk;
    private readonly Task<string> _output;

    private WrkLoad(Process wrk)
    {
        _wrk = wrk;
        _output = wrk.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Starts asking.</summary>
    /// <param name="service">Where the service is.</param>
    /// <param name="token">A good token.</param>
    /// <exception cref="InvalidOperationException">wrk is not installed.</exception>
    public static WrkLoad Start(Uri service, string token)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Load", "requests.lua");
        var start = new ProcessStartInfo("wrk", string.Create(CultureInfo.InvariantCulture, $"-t1 -c{Connections} -d2m -s {script} {service} -- {token}"))
        {
            RedirectStandardOutput = true,
        };
        try
        {
            return new WrkLoad(Process.Start(start)!);
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("The program wrk is not installed; 'build/figures.sh prepare' installs it on Debian (apt-get install wrk).");
        }
    }

    /// <summary>Stops asking for a while.</summary>
    public void Pause() => Signals.Send(_wrk, Signals.Stop);

    /// <summary>Goes on asking.</summary>
    public void Resume() => Signals.Send(_wrk, Signals.Continue);

    /// <summary>Ends it.</summary>
    /// <exception cref="InvalidOperationException">Not every request was answered well.</exception>
    /// <exception cref="TimeoutException">It does not end.</exception>
    public async Task FinishAsync()
    {
        Resume();
        Signals.Send(_wrk, Signals.Interrupt);
        string output = await _output.WaitAsync(Patience);
        Match result = Result().Match(output);
        if (!result.Success || result.Groups["answered"].Value == "0" || result.Groups["failed"].Value != "0")
            throw new InvalidOperationException($"Not every request was answered well; wrk says: {output.Trim()}");
    }

    public void Dispose()
    {
        if (!_wrk.HasExited)
            _wrk.Kill();
        _wrk.Dispose();
    }

    [GeneratedRegex("^answered (?<answered>[0-9]+) failed (?<failed>[0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex Result();
}
