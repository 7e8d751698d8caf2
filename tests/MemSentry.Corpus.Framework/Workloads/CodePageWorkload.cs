using System.Text;
using MemSentry.Corpus.Workloads;

namespace MemSentry.Corpus.Framework.Workloads;

/// <summary>System.Text.Encoding.CodePages: encodes and decodes with every code page, in one go and in pieces, good input and bad.</summary>
internal static class CodePageWorkload
{
    /// <summary>Prints a digest.</summary>
    public static void Run(TextWriter output)
    {
        EncodingInfo[] pages = [.. CodePagesEncodingProvider.Instance.GetEncodings().OrderBy(e => e.CodePage)];
        string text = string.Concat(Enumerable.Range(0x20, 0x400).Concat(Enumerable.Range(0x3040, 0xA0)).Concat(Enumerable.Range(0x4E00, 0x200)).Concat(Enumerable.Range(0xAC00, 0x100)).Select(c => (char)c));
        byte[] noise = new byte[2048];
        new Random(20171204).NextBytes(noise);
        using var digest = new Digest();
        int faithful = 0;
        foreach (EncodingInfo page in pages)
        {
            Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(page.CodePage)!;
            byte[] bytes = encoding.GetBytes(text);
            digest.Add(page.Name);
            digest.Add(bytes);
            digest.Add(encoding.GetString(bytes));
            digest.Add(encoding.GetString(noise));
            Piecewise(encoding, noise, digest);
            faithful += encoding.GetString(encoding.GetBytes("plain text")) == "plain text" ? 1 : 0;
        }

        output.WriteLine($"code pages: {pages.Length}, {faithful} know ASCII, {digest}");
    }

    private static void Piecewise(Encoding encoding, byte[] bytes, Digest digest)
    {
        Decoder decoder = encoding.GetDecoder();
        char[] chars = new char[64];
        for (int at = 0; at < bytes.Length;)
        {
            decoder.Convert(bytes.AsSpan(at, Math.Min(7, bytes.Length - at)), chars, at + 7 >= bytes.Length, out int used, out int made, out _);
            digest.Add(new string(chars, 0, made));
            at += used;
        }
    }
}
