using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemSentry.Cli.Inspecting;

/// <summary>
/// Writes the JSON of <c>list</c> and <c>explain</c>: one assembly after the other, and within it one entry on a line, so that two lists can be compared line by line.
/// </summary>
internal static class JsonDocumentWriter
{
    private static readonly JsonSerializerOptions Compact = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

        // Member names are full of < and >, and nobody puts this into a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a document.</summary>
    /// <param name="format">What the document says it is.</param>
    /// <param name="assemblies">For each assembly its identity, and its arrays by name.</param>
    /// <param name="output">Receives the text.</param>
    public static void Write(
        string format, IEnumerable<(JsonAssembly Identity, (string Name, IEnumerable<object> Items)[] Arrays)> assemblies, TextWriter output)
    {
        output.Write($"{{\n\"format\": {Text(format)},\n\"version\": 1,\n\"assemblies\": [");
        string before = "\n";
        foreach ((JsonAssembly identity, (string Name, IEnumerable<object> Items)[] arrays) in assemblies)
        {
            output.Write($"{before}{{\n\"assembly\": {Text(identity.Assembly)},\n\"mvid\": {Text(identity.Mvid.ToString("D"))},\n\"settings\": {Text(identity.Settings)}");
            foreach ((string name, IEnumerable<object> items) in arrays)
                WriteArray(name, items, output);
            output.Write("\n}");
            before = ",\n";
        }

        output.Write("\n]\n}\n");
    }

    /// <summary>Writes a document that is about one assembly, which the caller knows: just one array.</summary>
    public static void Write(string format, string name, IEnumerable<object> items, TextWriter output)
    {
        output.Write($"{{\n\"format\": {Text(format)},\n\"version\": 1");
        WriteArray(name, items, output);
        output.Write("\n}\n");
    }

    private static void WriteArray(string name, IEnumerable<object> items, TextWriter output)
    {
        output.Write($",\n{Text(name)}: [");
        string before = "\n";
        foreach (object item in items)
        {
            output.Write(before + Text(item));
            before = ",\n";
        }

        output.Write("\n]");
    }

    private static string Text(object value) => JsonSerializer.Serialize(value, Compact);
}
