using System.Security.Cryptography;
using System.Text;

namespace MemSentry.Corpus.Workloads;

/// <summary>A hash over lines of text and blocks of bytes: short to print, different if a single bit differs.</summary>
internal sealed class Digest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The hash of one block.</summary>
    public static string Of(ReadOnlySpan<byte> block)
    {
        using var digest = new Digest();
        digest.Add(block);
        return digest.ToString();
    }

    /// <summary>Adds one line.</summary>
    public void Add(string line)
    {
        _hash.AppendData(Encoding.UTF8.GetBytes(line));
        _hash.AppendData("\n"u8);
    }

    /// <summary>Adds a block of bytes.</summary>
    public void Add(ReadOnlySpan<byte> block) => _hash.AppendData(block);

    /// <summary>The first half of the hash of everything added.</summary>
    public override string ToString() => Convert.ToHexStringLower(_hash.GetCurrentHash().AsSpan(0, 16));

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
