using System.Reflection;
using MemSentry.Benchmarks.Comparing;
using MemSentry.Overhead.Subjects;

namespace MemSentry.Overhead.Measuring;

/// <summary>
/// Times one kernel in all arms. In each round every arm works for one stretch, in an order that turns from round to round; what counts is the median
/// over the rounds of its time over the baseline's time in the same round.
/// <para>
/// The program runs without tiered compilation: each member is compiled once, in full, before the first round. With a profile the two builds would be
/// laid out by two profiles, whose differences are noise; which instructions a check adds does not depend on them.
/// </para>
/// </summary>
internal static class KernelComparison
{
    private const int Rounds = 3;

    /// <summary>Runs.</summary>
    /// <param name="entry">The kernel.</param>
    /// <param name="arms">The assemblies, the baseline first.</param>
    /// <param name="placement">Where their code goes.</param>
    /// <exception cref="InvalidDataException">An arm computes something else than the baseline.</exception>
    public static unsafe KernelResult Of(KernelEntry entry, IReadOnlyList<Assembly> arms, CodePlacement placement)
    {
        LoadedKernel[] kernels = [.. arms.Select(a => LoadedKernel.Of(entry, a))];
        using var memory = new KernelMemory(kernels[0].BytesFor(entry.Size));
        var checksums = new HashSet<ulong>();
        foreach (LoadedKernel kernel in kernels)
        {
            placement.Move();
            kernel.Prepare(memory.Start, entry.Size);
            checksums.Add(kernel.Run());
            checksums.Add(kernel.Run());
        }

        if (checksums.Count != 1 || checksums.Contains(0))
            throw new InvalidDataException($"the kernel {entry.Name} computes different things: {string.Join(", ", checksums)}");

        int runs = Stretch.RunsIn(() => kernels[0].Run());
        return new KernelResult(entry, Ratios([.. Enumerable.Range(0, Rounds).Select(r => Round(kernels, runs, r))]));
    }

    private static double[] Round(LoadedKernel[] kernels, int runs, int round)
    {
        var seconds = new double[kernels.Length];
        for (int i = 0; i < kernels.Length; i++)
        {
            int arm = (i + round) % kernels.Length;
            seconds[arm] = Stretch.Time(() => kernels[arm].Run(), runs).TotalSeconds;
        }

        return seconds;
    }

    private static double[] Ratios(double[][] rounds) =>
        [.. Enumerable.Range(1, rounds[0].Length - 1).Select(arm => rounds.Select(r => r[arm] / r[0]).Order().ElementAt(rounds.Length / 2))];
}
