using FASTER.core;

namespace MemSentry.Corpus.Workloads;

/// <summary>FASTER: a key-value store of fixed and of variable-length records that outgrows its memory, and a log.</summary>
internal static class StoreWorkload
{
    private const int Keys = 20_000;

    /// <summary>Prints sums and digests.</summary>
    public static void Run(string folder, TextWriter output)
    {
        Numbers(folder, output);
        Texts(folder, output);
        Log(folder, output);
    }

    private static void Numbers(string folder, TextWriter output)
    {
        using IDevice device = Devices.CreateLogDevice(Path.Combine(folder, "numbers.log"), deleteOnClose: true);
        using var store = new FasterKV<long, long>(1L << 14, new LogSettings { LogDevice = device, PageSizeBits = 12, MemorySizeBits = 18 });
        using var session = store.For(new SimpleFunctions<long, long>((a, b) => a + b)).NewSession<SimpleFunctions<long, long>>();
        for (long key = 0; key < Keys; key++)
            session.Upsert(key, key * 7);
        for (long key = 0; key < Keys; key += 3)
            session.RMW(key, 1000);
        for (long key = 0; key < Keys; key += 11)
            session.Delete(key);
        session.CompletePending(wait: true);

        long sum = 0;
        int found = 0;
        int fromDisk = 0;
        for (long key = 0; key < Keys; key += 5)
        {
            (Status status, long value) = session.Read(key);
            if (status.IsPending)
            {
                fromDisk++;
                session.CompletePendingWithOutputs(out CompletedOutputIterator<long, long, long, long, Empty> outputs, wait: true);
                outputs.Next();
                (status, value) = (outputs.Current.Status, outputs.Current.Output);
                outputs.Dispose();
            }

            found += status.Found ? 1 : 0;
            sum += status.Found ? value * (key + 1) : 0;
        }

        output.WriteLine($"numbers: {found} found, some of them on disk: {fromDisk > 0}, sum {sum}");
        var last = new SortedDictionary<long, long>();
        using IFasterScanIterator<long, long> scan = store.Log.Scan(store.Log.BeginAddress, store.Log.TailAddress);
        while (scan.GetNext(out RecordInfo record, out long key, out long value))
            last[key] = record.Tombstone ? -1 : value;

        // When the disk answers decides the order of records of different keys, but the last of a key stays the last.
        output.WriteLine($"scanned {last.Count} keys, {last.Values.Count(v => v < 0)} deleted, sum {last.Aggregate(sum, (s, pair) => (s * 31) + pair.Key + pair.Value)}");
    }

    private static unsafe void Texts(string folder, TextWriter output)
    {
        using IDevice device = Devices.CreateLogDevice(Path.Combine(folder, "texts.log"), deleteOnClose: true);
        using var store = new FasterKV<SpanByte, SpanByte>(1L << 12, new LogSettings { LogDevice = device, PageSizeBits = 14, MemorySizeBits = 24 });
        using var session = store.For(new SpanByteFunctions<Empty>()).NewSession<SpanByteFunctions<Empty>>();
        using var digest = new Digest();
        Span<byte> bytes = stackalloc byte[256];
        for (int i = 0; i < Keys / 4; i++)
        {
            SpanByte key = Fill(bytes[..128], 8 + (i % 17), i);
            SpanByte value = Fill(bytes[128..], 1 + (i % 100), ~i);
            session.Upsert(ref key, ref value);
        }

        int found = 0;
        for (int i = 0; i < Keys / 4; i += 3)
        {
            SpanByte key = Fill(bytes[..128], 8 + (i % 17), i);
            SpanByteAndMemory result = default;
            if (session.Read(ref key, ref result).Found)
            {
                found++;
                digest.Add(result.Memory.Memory.Span[..result.Length]);
                result.Memory.Dispose();
            }
        }

        output.WriteLine($"texts: {found} found, {digest}");
    }

    private static SpanByte Fill(Span<byte> place, int length, int seed)
    {
        for (int i = 0; i < length; i++)
            place[i] = (byte)(seed >> (i % 4 * 8));
        return SpanByte.FromFixedSpan(place[..length]);
    }

    private static void Log(string folder, TextWriter output)
    {
        using IDevice device = Devices.CreateLogDevice(Path.Combine(folder, "entries.log"), deleteOnClose: true);
        using var log = new FasterLog(new FasterLogSettings { LogDevice = device, PageSizeBits = 14, MemorySizeBits = 20 });
        byte[] entry = new byte[300];
        for (int i = 0; i < Keys / 4; i++)
        {
            Array.Fill(entry, (byte)i);
            log.Enqueue(entry.AsSpan(0, 1 + (i % entry.Length)));
        }

        log.Commit(spinWait: true);
        using var digest = new Digest();
        int entries = 0;
        using FasterLogScanIterator scan = log.Scan(log.BeginAddress, log.TailAddress);
        while (scan.GetNext(out byte[] found, out int length, out _))
        {
            entries++;
            digest.Add(found.AsSpan(0, length));
        }

        output.WriteLine($"log: {entries} entries, {digest}");
    }
}
