using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MemSentry.ServiceCost.Load;

/// <summary>Runs <c>wrk</c> against a service: eight connections that ask as fast as they are answered.</summary>
internal static partial class LoadRun
{
    private const int Connections = 8;

    /// <summary>Runs.</summary>
    /// <param name="service">Where the service is.</param>
    /// <param name="token">A good token.</param>
    /// <param name="seconds">How long.</param>
    /// <exception cref="InvalidOperationException">wrk is not installed, or not every request was answered well.</exception>
    public static async Task ExecuteAsync(Uri service, string token, int seconds)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Load", "requests.lua");
        var start = new ProcessStartInfo("wrk", string.Create(CultureInfo.InvariantCulture, $"-t1 -c{Connections} -d{seconds}s -s {script} {service} -- {token}"))
        {
            RedirectStandardOutput = true,
        };
        using Process wrk = Start(start);
        string output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();

        Match result = Result().Match(output);
        if (!result.Success || result.Groups["answered"].Value == "0" || result.Groups["failed"].Value != "0")
            throw new InvalidOperationException($"Not every request was answered well; wrk says: {output.Trim()}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("The program wrk is not installed; 'build/figures.sh prepare' installs it on Debian (apt-get install wrk).");
        }
    }

    [GeneratedRegex("^answered (?<answered>[0-9]+) failed (?<failed>[0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex Result();
}
