using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace MemSentry.Services;

/// <summary>One answer of the service.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">Its bytes.</param>
public sealed record ServiceAnswer(HttpStatusCode Status, byte[] Body)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Body)!;

    internal static async Task<ServiceAnswer> ReadAsync(HttpResponseMessage response) => new(response.StatusCode, await response.Content.ReadAsByteArrayAsync());
}
