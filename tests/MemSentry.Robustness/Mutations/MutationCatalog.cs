using System.Buffers.Binary;

namespace MemSentry.Robustness.Mutations;

/// <summary>Every kind of damage. Random bytes in random places mostly hit code and strings; the others aim where counts and references are.</summary>
internal static class MutationCatalog
{
    private static readonly uint[] Extremes = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];

    // 0x1fffffff as a compressed number (ECMA-335 II.23.2), and some types that begin others.
    private static readonly byte[][] Poison = [[0xdf, 0xff, 0xff, 0xff], [0x15], [0x14], [0x0f], [0x1b], [0x1f], [0x41], [0xc0], [0xff], [0x13, 0xc1, 0, 0, 0], [0x11], [0x12, 0x06]];

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("truncation", (map, random) => map.Image[..random.Next(map.Image.Length)]),
        new("appendix", (map, random) => [.. map.Image, .. Bytes(random, random.Next(1, 4096))]),
        new("bit flips", (map, random) => Changed(map, image => Repeat(random, 4, () => image[random.Next(image.Length)] ^= (byte)(1 << random.Next(8))))),
        new("random bytes", (map, random) => Changed(map, image => random.NextBytes(Run(image, new Range(0, image.Length), random, 16)))),
        new("zeroed run", (map, random) => Changed(map, image => Run(image, new Range(0, image.Length), random, 512).Clear())),
        new("moved run", (map, random) => Changed(map, image => Move(image, random))),
        new("header field", (map, random) => Changed(map, image => Field(image, Pick(map.Headers, random), random))),
        new("metadata header", (map, random) => Changed(map, image => Field(image, map.MetadataHeader, random))),
        new("table cell", (map, random) => Changed(map, image => Repeat(random, 3, () => Cell(image, map, random)))),
        new("rows exchanged", (map, random) => Changed(map, image => ExchangeRows(image, map, random))),
        new("heap bytes", (map, random) => Changed(map, image => random.NextBytes(Run(image, Pick(map.Heaps, random), random, 8)))),
        new("signature bytes", (map, random) => Changed(map, image => Repeat(random, 3, () => Signature(image, map, random)))),
        new("signature bits", (map, random) => Changed(map, image => Repeat(random, 3, () => Flip(image, Pick(map.Signatures, random), random)))),
        new("body header", (map, random) => Changed(map, image => Field(image, Pick(map.Bodies, random).Header, random))),
        new("body bytes", (map, random) => Changed(map, image => random.NextBytes(Run(image, Pick(map.Bodies, random).Code, random, 6)))),
        new("body bits", (map, random) => Changed(map, image => Repeat(random, 4, () => Flip(image, Pick(map.Bodies, random).Code, random)))),
        new("body numbers", (map, random) => Changed(map, image => Field(image, Pick(map.Bodies, random).Code, random))),
        new("handler table", (map, random) => Changed(map, image => Field(image, Pick([.. map.Bodies.Select(b => b.Handlers).Where(h => h.End.Value > h.Start.Value)], random), random))),
    ];

    private static byte[] Changed(ImageMap map, Action<byte[]> change)
    {
        byte[] image = [.. map.Image];
        change(image);
        return image;
    }

    private static void Repeat(Random random, int most, Action action)
    {
        for (int i = random.Next(most); i >= 0; i--)
            action();
    }

    private static T Pick<T>(IReadOnlyList<T> items, Random random) => items[random.Next(items.Count)];

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static Span<byte> Run(byte[] image, Range place, Random random, int longest)
    {
        int at = random.Next(place.Start.Value, Math.Max(place.End.Value, place.Start.Value + 1));
        return image.AsSpan(at, Math.Min(random.Next(1, longest + 1), image.Length - at));
    }

    private static void Move(byte[] image, Random random)
    {
        int length = random.Next(1, 256);
        byte[] from = image.AsSpan(random.Next(image.Length - length), length).ToArray();
        from.CopyTo(image.AsSpan(random.Next(image.Length - length)));
    }

    private static void Flip(byte[] image, Range place, Random random) =>
        image[random.Next(place.Start.Value, Math.Max(place.End.Value, place.Start.Value + 1))] ^= (byte)(1 << random.Next(8));

    /// <summary>A number of one, two or four bytes becomes an extreme one, or one that is next to it.</summary>
    private static void Field(byte[] image, Range place, Random random)
    {
        int size = 1 << random.Next(3);
        int at = place.Start.Value + (random.Next(Math.Max(1, (place.End.Value - place.Start.Value) / size)) * size);
        Write(image, Math.Min(at, image.Length - 4), size, random);
    }

    private static void Cell(byte[] image, ImageMap map, Random random)
    {
        (Range rows, int rowSize) = Pick(map.Cells, random);
        int row = random.Next((rows.End.Value - rows.Start.Value) / rowSize);
        Write(image, rows.Start.Value + (row * rowSize) + (random.Next(Math.Max(1, rowSize / 2)) * 2), 2, random);
    }

    private static void Write(byte[] image, int at, int size, Random random)
    {
        Span<byte> place = image.AsSpan(at, 4);
        uint old = BinaryPrimitives.ReadUInt32LittleEndian(place);
        uint changed = random.Next(4) switch
        {
            0 => Pick(Extremes, random),
            1 => old + 1,
            2 => old - 1,
            _ => (uint)random.Next(64),
        };
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, changed);
        bytes[..size].CopyTo(place);
    }

    private static void ExchangeRows(byte[] image, ImageMap map, Random random)
    {
        (Range rows, int rowSize) = Pick(map.Cells, random);
        int count = (rows.End.Value - rows.Start.Value) / rowSize;
        Span<byte> first = image.AsSpan(rows.Start.Value + (random.Next(count) * rowSize), rowSize);
        Span<byte> second = image.AsSpan(rows.Start.Value + (random.Next(count) * rowSize), rowSize);
        byte[] kept = first.ToArray();
        second.CopyTo(first);
        kept.CopyTo(second);
    }

    private static void Signature(byte[] image, ImageMap map, Random random)
    {
        Range blob = Pick(map.Signatures, random);
        byte[] poison = Pick(Poison, random);
        int at = random.Next(blob.Start.Value, Math.Max(blob.End.Value, blob.Start.Value + 1));
        poison.AsSpan(0, Math.Min(poison.Length, image.Length - at)).CopyTo(image.AsSpan(at));
    }
}
