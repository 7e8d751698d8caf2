using System.IO.Compression;
using System.Text;
using MemSentry.Corpus.Workloads;

namespace MemSentry.Corpus.Framework.Workloads;

/// <summary>System.IO.Compression: the same text by each format there and back, and as entries of an archive.</summary>
internal static class CompressionWorkload
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 3000).Select(i => $"entry {i * i % 997} says {(char)('a' + (i % 26))}{i % 101}; ")));

    /// <summary>Prints lengths and digests.</summary>
    public static void Run(TextWriter output)
    {
        Trip("deflate", s => new DeflateStream(s, CompressionLevel.Optimal, leaveOpen: true), s => new DeflateStream(s, CompressionMode.Decompress), output);
        Trip("gzip", s => new GZipStream(s, CompressionLevel.Fastest, leaveOpen: true), s => new GZipStream(s, CompressionMode.Decompress), output);
        Trip("brotli", s => new BrotliStream(s, CompressionLevel.Fastest, leaveOpen: true), s => new BrotliStream(s, CompressionMode.Decompress), output);
        Archive(output);
    }

    private static void Trip(string name, Func<Stream, Stream> compress, Func<Stream, Stream> decompress, TextWriter output)
    {
        using var packed = new MemoryStream();
        using (Stream stream = compress(packed))
        {
            // In small pieces, as programs write.
            for (int at = 0; at < Text.Length; at += 64)
                stream.Write(Text.AsSpan(at, Math.Min(64, Text.Length - at)));
        }

        packed.Position = 0;
        using var unpacked = new MemoryStream();
        using Stream back = decompress(packed);
        back.CopyTo(unpacked, 512);
        output.WriteLine($"{name}: {packed.Length} bytes, back {Digest.Of(unpacked.ToArray())}");
    }

    private static void Archive(TextWriter output)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (int i = 0; i < 40; i++)
            {
                ZipArchiveEntry entry = archive.CreateEntry($"folder {i % 4}/{i}", CompressionLevel.Fastest);
                entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using Stream stream = entry.Open();
                stream.Write(Text.AsSpan(i * 500, 1000));
            }
        }

        using var read = new ZipArchive(file, ZipArchiveMode.Read);
        output.WriteLine($"zip: {read.Entries.Count} entries, {read.Entries.Sum(e => e.Length)} bytes, checksums {read.Entries.Aggregate(0u, (sum, e) => sum ^ e.Crc32)}");
    }
}
