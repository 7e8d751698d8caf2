using FASTER.core;

namespace MemSentry.RealOverhead.Works;

/// <summary>
/// FASTER: upserts, reads and updates records of a store that fits into the cache of one processor core. A larger one waits for memory most of the time: that hides what checks cost, and depends
/// by a quarter on what else the machine does. Each operation is a member of its own, as in programs: FASTER has itself inlined into whoever calls it, and one caller of all three would have more
/// variables than the JIT puts up with, unwoven or woven.
/// </summary>
internal static class StoreOperations
{
    private const int Keys = 10_000;

    // The same for all runs: filling a new one would be most of the work.
    private static readonly Lazy<ClientSession<long, long, long, long, Empty, SimpleFunctions<long, long>>> Session = new(Open);

    /// <summary>Upserts every key, in an order that visits the table at random.</summary>
    public static void Upsert(string folder, TextWriter output)
    {
        ClientSession<long, long, long, long, Empty, SimpleFunctions<long, long>> session = Session.Value;
        for (long i = 0; i < Keys; i++)
            session.Upsert(Key(i), i);
        output.WriteLine($"{session.Version}");
    }

    /// <summary>Reads every key.</summary>
    public static void Read(string folder, TextWriter output)
    {
        ClientSession<long, long, long, long, Empty, SimpleFunctions<long, long>> session = Session.Value;
        long sum = 0;
        for (long i = 0; i < Keys; i++)
            sum += session.Read(Key(i)).output;
        output.WriteLine($"{sum}");
    }

    /// <summary>Updates every key in place: reads, adds and writes.</summary>
    public static void Update(string folder, TextWriter output)
    {
        ClientSession<long, long, long, long, Empty, SimpleFunctions<long, long>> session = Session.Value;
        for (long i = 0; i < Keys; i++)
            session.RMW(Key(i), 0);
        output.WriteLine($"{session.Version}");
    }

    private static long Key(long number) => number * 7919 % Keys;

    private static ClientSession<long, long, long, long, Empty, SimpleFunctions<long, long>> Open()
    {
        var store = new FasterKV<long, long>(1L << 13, new LogSettings { LogDevice = new NullDevice(), PageSizeBits = 20, MemorySizeBits = 24 });
        ClientSession<long, long, long, long, Empty, SimpleFunctions<long, long>> session = store.For(new SimpleFunctions<long, long>((a, b) => a + b)).NewSession<SimpleFunctions<long, long>>();
        for (long key = 0; key < Keys; key++)
            session.Upsert(key, key);
        return session;
    }
}
