using System.Buffers.Binary;
using MemSentry.Crypt;

namespace MemSentry.Native.Probe.Crypt;

/// <summary>Threads open and close one region as they like, while another one collects. Each must find the text in its windows, and lose no store.</summary>
internal static class CryptStress
{
    private const int Threads = 4;

    /// <summary>So that the region has whole groups of vectors, single blocks and part of one.</summary>
    private const int TextLength = 587;

    public static int Run(int windows)
    {
        using CryptRegion region = CryptRegion.Create(TextLength + (Threads * sizeof(int)));
        region.Open();
        Text().CopyTo(region.Span);
        region.Close();

        int failures = 0;
        bool isOver = false;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(i => new Thread(() => Interlocked.Add(ref failures, Work(region, i, windows))))];
        var collector = new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                _ = new byte[1024];
                GC.Collect();
            }
        });
        collector.Start();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Volatile.Write(ref isOver, true);
        collector.Join();

        region.Open();
        int[] counts = [.. Enumerable.Range(0, Threads).Select(i => BinaryPrimitives.ReadInt32LittleEndian(region.Span[(TextLength + (i * sizeof(int)))..]))];
        region.Close();
        Console.WriteLine($"failures {failures}, windows {string.Join(' ', counts)}, readers {region.Readers}, collected {GC.CollectionCount(2) > 0}");
        return failures == 0 ? 0 : 1;
    }

    private static int Work(CryptRegion region, int index, int windows)
    {
        int failures = 0;
        byte[] text = Text();
        for (int i = 0; i < windows; i++)
        {
            region.Open();
            failures += region.Span[..TextLength].SequenceEqual(text) ? 0 : 1;
            Span<byte> own = region.Span.Slice(TextLength + (index * sizeof(int)), sizeof(int));
            BinaryPrimitives.WriteInt32LittleEndian(own, BinaryPrimitives.ReadInt32LittleEndian(own) + 1);
            region.Close();
        }

        return failures;
    }

    private static byte[] Text() => [.. Enumerable.Range(1, TextLength).Select(i => (byte)i)];
}
