using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MemSentry.Services;

/// <summary>What one can ask of the service.</summary>
/// <param name="http">See <see cref="ServiceProcess.Connect"/>.</param>
public sealed class ServiceClient(HttpClient http) : IDisposable
{
    /// <summary>Where it is.</summary>
    public Uri Address => http.BaseAddress!;

    /// <summary>A token.</summary>
    public async Task<string> SignAsync(string subject, string? scope = null)
    {
        ServiceAnswer answer = await PostAsync("/sign", new JsonObject { ["sub"] = subject, ["scope"] = scope });
        return answer.Status == HttpStatusCode.OK ? (string)answer.Json["token"]! : throw new ServiceException($"/sign answered {answer.Status}.", end: null);
    }

    /// <summary>The answer about a token.</summary>
    public Task<ServiceAnswer> VerifyAsync(string token) => PostAsync("/verify", new JsonObject { ["token"] = token });

    /// <summary>The answer to any body.</summary>
    public async Task<ServiceAnswer> PostAsync(string path, JsonNode body)
    {
        using JsonContent content = JsonContent.Create(body);
        await content.LoadIntoBufferAsync();
        using HttpResponseMessage response = await http.PostAsync(new Uri(path, UriKind.Relative), content);
        return await ServiceAnswer.ReadAsync(response);
    }

    /// <summary>The answer to a question without a body.</summary>
    public async Task<ServiceAnswer> GetAsync(string path)
    {
        using HttpResponseMessage response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return await ServiceAnswer.ReadAsync(response);
    }

    /// <summary>The metrics of this moment, by name.</summary>
    public async Task<IReadOnlyDictionary<string, double>> ReadMetricsAsync()
    {
        string text = (await GetAsync("/metrics")).Text;
        return text.Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(' '))
            .ToDictionary(p => p[0], p => double.Parse(p[1], CultureInfo.InvariantCulture));
    }

    public void Dispose() => http.Dispose();
}
