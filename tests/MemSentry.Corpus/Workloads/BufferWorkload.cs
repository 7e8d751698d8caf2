using System.Buffers;
using CommunityToolkit.HighPerformance;
using CommunityToolkit.HighPerformance.Buffers;
using CommunityToolkit.HighPerformance.Enumerables;
using CommunityToolkit.HighPerformance.Helpers;

namespace MemSentry.Corpus.Workloads;

/// <summary>CommunityToolkit.HighPerformance: two-dimensional spans, pooled buffers and strings, streams over memory, parallel loops.</summary>
internal static class BufferWorkload
{
    /// <summary>Prints sums and digests.</summary>
    public static void Run(TextWriter output)
    {
        Planes(output);
        Strings(output);
        Writers(output);
        Streams(output);
        Loops(output);
    }

    private static void Planes(TextWriter output)
    {
        int[,] grid = new int[120, 90];
        Span2D<int> all = grid;
        for (int y = 0; y < all.Height; y++)
        {
            Span<int> row = all.GetRowSpan(y);
            for (int x = 0; x < row.Length; x++)
                row[x] = (y * 1000) + x;
        }

        Span2D<int> window = all.Slice(10, 20, 64, 48);
        long sum = 0;
        foreach (ref int item in window)
            sum += item ^= 0x55;
        foreach (ref int item in window.GetColumn(7))
            item = -item;
        int[,] copy = window.ToArray();
        window.CopyTo(all.Slice(56, 0, 64, 48));
        Memory2D<int> memory = new(grid);
        using var digest = new Digest();
        digest.Add(all.ToArray().AsMemory2D().Span.TryGetSpan(out Span<int> flat) ? flat.AsBytes() : default);
        output.WriteLine($"planes: {sum}, {copy[63, 47]}, {memory.Slice(1, 1, 5, 5).Span[4, 4]}, {window.GetRow(3).ToArray().Sum()}, {digest}");

        RefEnumerable<int> column = grid.GetColumn(3);
        column.Fill(9);
        output.WriteLine($"columns: {grid.Count(9)} nines, {grid.GetDjb2HashCode()}, {string.Join(' ', grid.GetColumn(4).ToArray().Take(5))}");
    }

    private static void Strings(TextWriter output)
    {
        var pool = new StringPool(256);
        const string Text = "the quick brown fox jumps over the lazy dog while the other fox watches the dog";
        int same = 0;
        for (int round = 0; round < 400; round++)
        {
            foreach (ReadOnlySpan<char> word in Text.Tokenize(' '))
                same += ReferenceEquals(pool.GetOrAdd(word), pool.GetOrAdd(word)) ? 1 : 0;
        }

        byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(Text);
        output.WriteLine($"strings: {same}, {pool.GetOrAdd(utf8, System.Text.Encoding.UTF8).Length}, {Text.Count('o')}, {Text.AsSpan().GetDjb2HashCode()}, {utf8.AsSpan().Count((byte)' ')}");
    }

    private static void Writers(TextWriter output)
    {
        using var writer = new ArrayPoolBufferWriter<byte>(16);
        uint flags = 0;
        for (int i = 0; i < 3000; i++)
        {
            // Before Write, which takes what room there is.
            writer.GetSpan(sizeof(int) + 1);
            writer.Write(i * 977);
            writer.Write((byte)i);
            BitHelper.SetFlag(ref flags, i & 31, (i & 3) == 0);
        }

        using MemoryOwner<long> owner = MemoryOwner<long>.Allocate(500, AllocationMode.Clear);
        for (int i = 0; i < owner.Length; i++)
            owner.Span.DangerousGetReferenceAt(i) = BitHelper.SetRange((ulong)i, 3, 7, 0x5) is var bits ? (long)bits : 0;
        using SpanOwner<ushort> span = SpanOwner<ushort>.Allocate(1000);
        span.Span.Fill(0x1234);
        span.Span[77] = 5;
        output.WriteLine($"writers: {writer.WrittenCount} bytes, {flags}, {Digest.Of(writer.WrittenSpan)}, {HashCode<byte>.Combine(writer.WrittenSpan) == HashCode<byte>.Combine(writer.WrittenSpan.ToArray())}");
        output.WriteLine($"owners: {Digest.Of(owner.Span.AsBytes())}, {span.Span.Count((ushort)0x1234)}, {((ReadOnlySpan<ushort>)span.Span).IndexOf(in span.Span[77])}");
    }

    private static void Streams(TextWriter output)
    {
        using Stream stream = MemoryOwner<byte>.Allocate(4096, AllocationMode.Clear).AsStream();
        for (int i = 0; i < 500; i++)
            stream.Write(i * 3L);
        stream.Position = 0;
        long sum = 0;
        for (int i = 0; i < 500; i++)
            sum += stream.Read<long>() * (i + 1);

        Memory<int> numbers = new int[] { 1, 2, 3, 4 };
        Memory<byte> bytes = numbers.AsBytes();
        bytes.Span[5] = 1;
        Box<double> box = 2.5;
        box.GetReference() += 1;
        output.WriteLine($"streams: {sum}, {stream.Position}, {numbers.Span[1]}, {box.GetReference()}, {bytes.Cast<byte, short>().Length}");
    }

    private static void Loops(TextWriter output)
    {
        float[] values = new float[10_000];
        ParallelHelper.For(..values.Length, new Squares(values));
        ParallelHelper.ForEach<float, Halving>(values.AsMemory());
        float most = 0;
        ParallelHelper.ForEach<float, Highest>(new ReadOnlyMemory<float>(values), new Highest(value => Interlocked.Exchange(ref most, Math.Max(most, value))), values.Length);
        int[,] plane = new int[200, 100];
        ParallelHelper.For2D(..200, ..100, new Products(plane));
        ParallelHelper.ForEach<int, Increment>(plane.AsMemory2D());
        output.WriteLine($"loops: {most}, {Digest.Of(values.AsSpan().AsBytes())}, {Digest.Of(plane.AsSpan2D().TryGetSpan(out Span<int> flat) ? flat.AsBytes() : default)}");
    }

    private readonly struct Squares(float[] values) : IAction
    {
        public void Invoke(int i) => values.DangerousGetReferenceAt(i) = (float)i * i;
    }

    private readonly struct Halving : IRefAction<float>
    {
        public void Invoke(ref float item) => item /= 2;
    }

    private readonly struct Highest(Action<float> report) : IInAction<float>
    {
        public void Invoke(in float item)
        {
            if (item > 49_900_000)
                report(item);
        }
    }

    private readonly struct Products(int[,] plane) : IAction2D
    {
        public void Invoke(int i, int j) => plane.DangerousGetReferenceAt(i, j) = i * j;
    }

    private readonly struct Increment : IRefAction<int>
    {
        public void Invoke(ref int item) => item++;
    }
}
