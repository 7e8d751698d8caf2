using System.Globalization;
using System.Text.Json;
using MemSentry.Corpus.Workloads;

namespace MemSentry.Corpus.Framework.Workloads;

/// <summary>System.Text.Json: objects to text and back, and the same text token by token, as a document and written anew.</summary>
internal static class JsonWorkload
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Prints lengths and digests.</summary>
    public static void Run(TextWriter output)
    {
        Order[] orders = [.. Enumerable.Range(0, 200).Select(Order.Of)];
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(orders, Indented);
        Order[] back = JsonSerializer.Deserialize<Order[]>(text)!;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"json: {text.Length} bytes, {Digest.Of(text)}, back {back.Sum(o => o.Total)}, {Tokens(text)}, {Rewritten(text)}"));
    }

    private static string Tokens(byte[] text)
    {
        var reader = new Utf8JsonReader(text);
        int tokens = 0;
        long sum = 0;
        while (reader.Read())
        {
            tokens++;
            sum += reader.TokenType switch
            {
                JsonTokenType.Number => (long)reader.GetDouble(),
                JsonTokenType.String => reader.GetString()!.Length,
                JsonTokenType.PropertyName => reader.ValueTextEquals("Customer"u8) ? 1 : 0,
                _ => 0,
            };
        }

        return string.Create(CultureInfo.InvariantCulture, $"{tokens} tokens, sum {sum}");
    }

    private static string Rewritten(byte[] text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            document.WriteTo(writer);
        }

        return Digest.Of(stream.ToArray());
    }
}
