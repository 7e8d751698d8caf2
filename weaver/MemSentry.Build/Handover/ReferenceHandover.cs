using System.Text.Json;
using MemSentry.Build.Stamps;

namespace MemSentry.Build.Handover;

/// <summary>The assemblies that a project refers to, as MSBuild knows them.</summary>
/// <param name="Files">Paths, those that run before those that only the compiler needs.</param>
/// <param name="Builds">For each of them what a change of it would change: the module version id, or that it is woven and looks after itself.</param>
/// <param name="Framework">Simple names of the assemblies of shared frameworks.</param>
internal sealed record ReferenceHandover(IReadOnlyList<string> Files, IReadOnlyList<string> Builds, IReadOnlyList<string> Framework)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    public static ReferenceHandover Of(IEnumerable<string> files, IEnumerable<string> framework)
    {
        string[] all = [.. files.Distinct()];
        return new(all, [.. all.Select(Build)], [.. framework.Select(f => Path.GetFileNameWithoutExtension(f)).Distinct().Order(StringComparer.Ordinal)]);
    }

    public static ReferenceHandover Load(string file) => JsonSerializer.Deserialize<ReferenceHandover>(File.ReadAllText(file), Format)!;

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    private static string Build(string file)
    {
        try
        {
            return StampReader.Read(file)?.Settings ?? WeaverIdentity.ReadMvid(file).ToString("D");
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // The weaver will say what it makes of it.
            return "unreadable";
        }
    }
}
