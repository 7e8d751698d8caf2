using System.Text.Json;

namespace MemSentry.Overhead.Subjects;

/// <summary>The data file that says which kernels there are, and how large.</summary>
/// <param name="Kernels">Its lines.</param>
internal sealed record KernelList(IReadOnlyList<KernelEntry> Kernels)
{
    private static readonly JsonSerializerOptions Spelling = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    /// <summary>Reads the file beside this program.</summary>
    /// <exception cref="JsonException">It is not what it should be.</exception>
    public static IReadOnlyList<KernelEntry> Read()
    {
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "kernels.json"));
        return JsonSerializer.Deserialize<KernelList>(file, Spelling)!.Kernels;
    }
}
