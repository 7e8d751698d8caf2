using System.Security.Cryptography;
using System.Text;
using MemSentry.Build.Handover;
using MemSentry.Build.Stamps;
using MemSentry.Weaver;

namespace MemSentry.Build.Dependencies;

/// <summary>
/// Remembers beside the output what became of a dependency, so that a build with nothing changed weaves nothing. It holds for one content of the
/// input, one set of references, one weaver and one set of settings.
/// </summary>
internal sealed class DependencyRecord(Dependency dependency, string versions, WeaveSettings settings)
{
    private readonly string _key = Convert.ToHexString(SHA256.HashData(
        [.. SHA256.HashData(File.ReadAllBytes(dependency.Source)), .. Encoding.UTF8.GetBytes(versions + settings.ToJson())]));

    private string FileName => dependency.Output + ".MemSentry.dependency";

    /// <summary>What became of it last time; null if that is not known, or no longer true.</summary>
    public DependencyStatus? Recall()
    {
        if (!File.Exists(FileName) || File.ReadAllText(FileName).Split(' ') is not [string key, string word] || key != _key)
            return null;

        return Enum.TryParse(word, out DependencyStatus status) && (status != DependencyStatus.Woven || IsStillThere()) ? status : null;
    }

    /// <summary>Forgets what became of it, before something else does.</summary>
    public void Forget()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileName)!);
        File.Delete(FileName);
        File.Delete(dependency.Output);
    }

    public void Remember(DependencyStatus status) => File.WriteAllText(FileName, $"{_key} {status}");

    private bool IsStillThere() => File.Exists(dependency.Output) && StampReader.Read(dependency.Output)?.Fits(settings.Text) == true;
}
