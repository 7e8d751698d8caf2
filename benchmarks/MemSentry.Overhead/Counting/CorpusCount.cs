using System.Collections.Concurrent;
using MemSentry.Analysis.Options;

namespace MemSentry.Overhead.Counting;

/// <summary>Counts over the whole corpus.</summary>
internal static class CorpusCount
{
    private const int Shown = 12;

    /// <summary>Prints the assemblies with the most accesses and the sums.</summary>
    /// <returns>The sums.</returns>
    /// <exception cref="InvalidDataException">There is nothing to count.</exception>
    public static CheckCount Print(WeaverOptions options)
    {
        CheckCount[] counts = Count(options);
        foreach (CheckCount count in counts.OrderByDescending(c => c.Accesses).ThenBy(c => c.Name, StringComparer.Ordinal).Take(Shown))
            Print(count);

        CheckCount sum = Sum(counts, $"all {counts.Length} assemblies");
        Print(sum);
        return sum;
    }

    /// <summary>Prints the sums alone, under a name.</summary>
    /// <inheritdoc cref="Print(WeaverOptions)" path="/exception"/>
    public static void PrintSum(WeaverOptions options, string name) => Print(Sum(Count(options), name));

    private static CheckCount[] Count(WeaverOptions options) =>
    [
        .. Partitioner.Create(Corpus.Files, EnumerablePartitionerOptions.NoBuffering)
            .AsParallel().WithDegreeOfParallelism(Environment.ProcessorCount).Select(f => CheckCount.Of(f, options)),
    ];

    private static CheckCount Sum(CheckCount[] counts, string name)
    {
        var sum = new CheckCount(name, counts.Sum(c => c.Accesses), counts.Sum(c => c.Checks), counts.Sum(c => c.Origins), counts.Sum(c => c.Excess));
        return sum.Accesses > 0 ? sum : throw new InvalidDataException("the corpus has no accesses");
    }

    private static void Print(CheckCount count) => Console.WriteLine(
        FormattableString.Invariant($"{count.Name,-45}{count.Accesses,9} accesses{count.Checks,9} checks  {100.0 * count.Checks / Math.Max(1, count.Accesses),6:F1} %{count.Origins,9} origins{count.Excess,7} checks too many"));
}
