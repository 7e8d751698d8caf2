using System.Diagnostics;
using System.Globalization;

namespace MemSentry.RealOverhead.Arms;

/// <summary>
/// A process that works when it is asked to. It compiles each member once, in full, and uses no code that was compiled ahead of time: what is woven has none, and the
/// other arm must not have an advantage of another kind. Nothing is collected in the background, where one arm would pay for it and the other not.
/// </summary>
internal sealed class RunningArm : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts the process.</summary>
    public RunningArm(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.Environment["DOTNET_TieredCompilation"] = "0";
        start.Environment["DOTNET_ReadyToRun"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        _process = Process.Start(start)!;
    }

    /// <summary>Works.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="runs">How often.</param>
    /// <returns>The processor time, and a digest of what it printed.</returns>
    /// <exception cref="InvalidDataException">The process ended.</exception>
    public (TimeSpan Time, string Digest) Run(string work, int runs)
    {
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{work} {runs}"));
        if (_process.StandardOutput.ReadLine()?.Split(' ') is not [string time, string digest])
            throw new InvalidDataException($"the process for '{work}' ended before it was done; what it printed above says why");

        return (TimeSpan.FromMicroseconds(double.Parse(time, CultureInfo.InvariantCulture)), digest);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
