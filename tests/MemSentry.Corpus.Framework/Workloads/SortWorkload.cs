using System.Globalization;

namespace MemSentry.Corpus.Framework.Workloads;

/// <summary>Sorting by System.Linq, by the trees and heaps of System.Collections and by the core library.</summary>
internal static class SortWorkload
{
    private const int Count = 20_000;

    /// <summary>Prints sums that depend on the order.</summary>
    public static void Run(TextWriter output)
    {
        var random = new Random(20171204);
        int[] numbers = [.. Enumerable.Range(0, Count).Select(_ => random.Next(Count))];
        string[] words = [.. numbers.Take(Count / 4).Select(n => n.ToString("x5", CultureInfo.InvariantCulture))];
        int[] inPlace = [.. numbers];
        Array.Sort(inPlace);
        inPlace.AsSpan(0, Count / 2).Sort((a, b) => (a & 0xff) - (b & 0xff));
        var tree = new SortedDictionary<int, int>();
        var heap = new PriorityQueue<int, int>();
        foreach (int number in numbers)
        {
            tree[number] = tree.GetValueOrDefault(number) + 1;
            heap.Enqueue(number, -number);
        }

        long drained = 0;
        while (heap.TryDequeue(out int next, out _))
            drained = Mixed(drained, next);
        output.WriteLine($"sorted: {Mixed(numbers.OrderBy(n => n % 100).ThenByDescending(n => n))} {Mixed(inPlace)} {Mixed(tree.Select(p => p.Key * p.Value))} {drained}, "
            + $"words {string.Join(' ', words.Order(StringComparer.Ordinal).Where((_, i) => i % 500 == 0))}, sets {new SortedSet<int>(numbers).Reverse().Take(5).Sum()}");
    }

    private static long Mixed(IEnumerable<int> numbers) => numbers.Aggregate(0L, Mixed);

    private static long Mixed(long sum, int number) => (sum * 31) + number;
}
