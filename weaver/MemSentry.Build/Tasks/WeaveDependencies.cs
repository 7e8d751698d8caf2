using System.Text.Json;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Build.Dependencies;
using MemSentry.Build.Handover;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace MemSentry.Build.Tasks;

/// <summary>Weaves those of a program's dependencies that have raw accesses, into obj; the targets deliver them instead of the originals.</summary>
public sealed class WeaveDependencies : DiagnosedTask
{
    /// <summary>What the program brings along. Files that are not called .dll or .exe are passed over.</summary>
    [Required]
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>Simple names of dependencies that are to stay unwoven.</summary>
    public string[] LeaveUnwoven { get; set; } = [];

    /// <summary>All references of the program, to find what the dependencies refer to.</summary>
    public string[] References { get; set; } = [];

    /// <summary>The assemblies of shared frameworks.</summary>
    public string[] FrameworkReferences { get; set; } = [];

    /// <summary>Where woven dependencies go, each under its path in the program's folder.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The settings in force, as ResolveSettings says them.</summary>
    [Required]
    public string SettingsJson { get; set; } = "";

    /// <summary>MemSentry.Fody.dll.</summary>
    [Required]
    public string WeaverFile { get; set; } = "";

    /// <summary>Where Fody keeps its Mono.Cecil.</summary>
    [Required]
    public string CecilFolder { get; set; } = "";

    /// <summary>The originals of what was woven, and of debug information that was written anew.</summary>
    [Output]
    public ITaskItem[] Originals { get; private set; } = [];

    /// <summary>The woven assemblies, with <c>DestinationSubDirectory</c> as the SDK has it: empty, or with a slash at the end.</summary>
    [Output]
    public ITaskItem[] Woven { get; private set; } = [];

    private protected override void Run(DiagnosticList diagnostics)
    {
        var request = new DependencyRequest(
            [.. Files.Where(IsCandidate).Select(f => new Dependency(f.GetMetadata("FullPath"), OutputOf(f))).DistinctBy(d => d.Output)],
            [.. References.Concat(Files.Select(f => f.GetMetadata("FullPath"))).Select(r => Path.GetDirectoryName(r)!).Distinct()],
            [.. FrameworkReferences.Select(f => Path.GetFileNameWithoutExtension(f)).Distinct()],
            string.Join(';', References.Distinct().Order(StringComparer.Ordinal).Select(r => $"{r}@{File.GetLastWriteTimeUtc(r).Ticks}")),
            WeaveSettings.FromJson(SettingsJson));

        DependencyOutcome outcome;
        using (var engine = new DependencyContext(Path.GetDirectoryName(Path.GetFullPath(WeaverFile))!, CecilFolder))
            outcome = JsonSerializer.Deserialize<DependencyOutcome>(engine.Weave(JsonSerializer.Serialize(request)))!;

        foreach (Diagnostic diagnostic in outcome.Diagnostics)
            diagnostics.Add(diagnostic);
        foreach (Dependency dependency in outcome.Woven)
            Log.LogMessage(MessageImportance.Normal, "MemSentry: the dependency {0} is woven: {1}", dependency.Source, dependency.Output);
        Woven = [.. outcome.Woven.Select(WovenItem)];
        Originals = [.. outcome.Woven.SelectMany(Replaced).Distinct().Select(f => new TaskItem(f))];
    }

    private bool IsCandidate(ITaskItem file) => file.GetMetadata("Extension") is ".dll" or ".exe"
        && !LeaveUnwoven.Contains(file.GetMetadata("Filename"), StringComparer.OrdinalIgnoreCase);

    private string OutputOf(ITaskItem file) => Path.GetFullPath(
        Path.Combine(Folder, file.GetMetadata("DestinationSubDirectory"), file.GetMetadata("Filename") + file.GetMetadata("Extension")));

    private TaskItem WovenItem(Dependency dependency)
    {
        string folder = Path.GetRelativePath(Folder, Path.GetDirectoryName(dependency.Output)!);
        return new(dependency.Output, new Dictionary<string, string> { ["DestinationSubDirectory"] = folder == "." ? "" : folder + '/' });
    }

    private static IEnumerable<string> Replaced(Dependency dependency)
    {
        yield return dependency.Source;
        if (File.Exists(Path.ChangeExtension(dependency.Source, ".pdb")) && File.Exists(Path.ChangeExtension(dependency.Output, ".pdb")))
            yield return Path.ChangeExtension(dependency.Source, ".pdb");
    }
}
