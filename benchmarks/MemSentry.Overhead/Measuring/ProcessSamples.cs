using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using MemSentry.Benchmarks.Comparing;
using MemSentry.Overhead.Subjects;

namespace MemSentry.Overhead.Measuring;

/// <summary>
/// Compares the kernels in several processes, and takes the mean of the middle half for each. Where the code of a member comes to lie is the same in all rounds of a process; kernels that decide
/// by their data run up to a quarter faster or slower with it, unwoven or woven. <see cref="CodePlacement"/> and <see cref="EntryPadding"/> make each process another sample of it.
/// </summary>
internal static class ProcessSamples
{
    /// <summary>What a process is told that is to measure by itself, before its number and the folder of the woven kernels; it prints a line for each kernel.</summary>
    public const string InThisProcess = "--in-this-process";

    private const int Processes = 12;

    /// <summary>Runs this program several times.</summary>
    /// <param name="args">Its arguments.</param>
    /// <param name="folder">Where the woven kernels are.</param>
    /// <param name="kernels">The kernels that it measures.</param>
    /// <exception cref="InvalidDataException">One of the processes could not measure.</exception>
    public static KernelResult[] Take(string[] args, string folder, IReadOnlyList<KernelEntry> kernels)
    {
        double[][][] samples = [.. Enumerable.Range(0, Processes).Select(p => Run([.. args, InThisProcess, $"{p}", folder], kernels))];
        return [.. kernels.Select((kernel, k) => new KernelResult(kernel, [.. Enumerable.Range(0, samples[0][k].Length).Select(arm => MiddleMean.Of([.. samples.Select(s => s[k][arm])]))]))];
    }

    /// <summary>What a process prints of a kernel.</summary>
    public static string Line(KernelResult result) => string.Join(' ', result.Ratios.Select(r => r.ToString("R", CultureInfo.InvariantCulture)));

    private static double[][] Run(string[] args, IReadOnlyList<KernelEntry> kernels)
    {
        using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["exec", Assembly.GetExecutingAssembly().Location, .. args]) { RedirectStandardOutput = true })!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode == 0 && lines.Length == kernels.Count
            ? [.. lines.Select(l => l.Split(' ').Select(r => double.Parse(r, CultureInfo.InvariantCulture)).ToArray())]
            : throw new InvalidDataException($"a process ended with exit code {process.ExitCode} after {lines.Length} of {kernels.Count} kernels");
    }
}
