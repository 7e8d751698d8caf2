using FASTER.core;

namespace MemSentry.RealOverhead.Works;

/// <summary>
/// FASTER: upserts, reads and updates records of a store that fits into the cache of one processor core. A larger one waits for memory most of the time: that hides what checks cost, and depends
/// by a quarter on what else the machine does.
/// </summary>
internal static class StoreOperations
{
    private const int Keys = 10_000;

    // The same for all runs: filling a new one would be most of the work.
    private static readonly Lazy<ClientSession<long, long, long, long, Empty, SimpleFunctions<long, long>>> Session = new(Open);

    /// <summary>Upserts every key, in an order that visits the table at random.</summary>
    public static void Upsert(string folder, TextWriter output)
    {
        for (long i = 0; i < Keys; i++)
            Session.Value.Upsert(Key(i), i);
        output.WriteLine($"{Session.Value.Read(Key(7)).output}");
    }

    /// <summary>Reads and updates every key.</summary>
    public static void Read(string folder, TextWriter output)
    {
        if (!Session.Value.Read(Key(0)).status.Found)
            Upsert(folder, TextWriter.Null);

        long sum = 0;
        for (long i = 0; i < Keys; i++)
            sum += Session.Value.Read(Key(i)).output;
        for (long i = 0; i < Keys; i += 4)
            Session.Value.RMW(Key(i), 0);
        output.WriteLine($"{sum}");
    }

    private static long Key(long number) => number * 7919 % Keys;

    private static ClientSession<long, long, long, long, Empty, SimpleFunctions<long, long>> Open()
    {
        var store = new FasterKV<long, long>(1L << 13, new LogSettings { LogDevice = new NullDevice(), PageSizeBits = 20, MemorySizeBits = 24 });
        return store.For(new SimpleFunctions<long, long>((a, b) => a + b)).NewSession<SimpleFunctions<long, long>>();
    }
}
