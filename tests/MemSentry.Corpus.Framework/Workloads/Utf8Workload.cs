using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using MemSentry.Corpus.Workloads;

namespace MemSentry.Corpus.Framework.Workloads;

/// <summary>UTF-8: transcoded and validated by the core library, escaped for HTML, JavaScript and URLs by System.Text.Encodings.Web.</summary>
internal static class Utf8Workload
{
    private static readonly string Text = string.Concat(Enumerable.Range(0, 600).Select(i => $"plain {i} <a href=\"x?y&z\"> Größe \u2713 {char.ConvertFromUtf32(0x1F600 + (i % 64))} "));

    /// <summary>Prints lengths and a digest.</summary>
    public static void Run(TextWriter output)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Text);
        using var digest = new Digest();
        byte[] escaped = new byte[Text.Length * 12];
        foreach (TextEncoder encoder in (TextEncoder[])[HtmlEncoder.Default, JavaScriptEncoder.Default, UrlEncoder.Default, JavaScriptEncoder.UnsafeRelaxedJsonEscaping, HtmlEncoder.Create(UnicodeRanges.All)])
        {
            digest.Add(encoder.Encode(Text));
            encoder.EncodeUtf8(bytes, escaped, out int read, out int written);
            digest.Add(escaped.AsSpan(0, written));
            digest.Add($"{read}");
        }

        int runes = 0;
        foreach (Rune rune in Text.EnumerateRunes())
            runes += Rune.IsLetter(rune) ? 1 : 0;
        Base64.EncodeToUtf8(bytes, escaped, out _, out int digits);
        output.WriteLine($"utf-8: {bytes.Length} bytes, valid {Utf8.IsValid(bytes)}, same {Encoding.UTF8.GetString(bytes) == Text}, {runes} letters, {digits} digits, {digest}");
    }
}
