using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Build.Configuration;
using MemSentry.Build.Handover;
using Microsoft.Build.Framework;

namespace MemSentry.Build.Tasks;

/// <summary>
/// Merges FodyWeavers.xml (solution, then project), WeaverConfiguration and the MSBuild properties. Writes nothing, so that a publish
/// without a build can ask what ought to be in force.
/// </summary>
public sealed class ResolveSettings : DiagnosedTask
{
    private const string PropertyPrefix = "MemSentry";

    // Properties that are ours and no options of the weaver.
    private static readonly string[] OtherProperties = ["MemSentryFallback", "MemSentryWeaveDependencies", "MemSentryWeaverFile"];

    /// <summary>Option names with the value of their property as metadata <c>Value</c>; an empty value means "not set".</summary>
    [Required]
    public ITaskItem[] Options { get; set; } = [];

    /// <summary>$(SolutionDir); empty or <c>*Undefined*</c> when a project is built by itself.</summary>
    public string? SolutionFolder { get; set; }

    /// <summary>$(WeaverConfiguration).</summary>
    public string? WeaverConfiguration { get; set; }

    /// <summary>All weavers of the project.</summary>
    [Required]
    public ITaskItem[] WeaverFiles { get; set; } = [];

    /// <summary>MemSentry.Fody.dll.</summary>
    [Required]
    public string WeaverFile { get; set; } = "";

    /// <summary>The settings as the canonical line that the stamp must carry.</summary>
    [Output]
    public string SettingsText { get; private set; } = "";

    /// <summary>Whether an assembly with unwoven references that have raw accesses, or may have, must not be delivered.</summary>
    [Output]
    public bool RefusesUnwoven { get; private set; }

    /// <summary>The content of the settings file.</summary>
    [Output]
    public string SettingsJson { get; private set; } = "";

    /// <summary>What Fody gets as WeaverConfiguration.</summary>
    [Output]
    public string EffectiveWeaverConfiguration { get; private set; } = "";

    private protected override void Run(DiagnosticList diagnostics)
    {
        string projectFolder = Path.GetDirectoryName(Path.GetFullPath(ProjectFile))!;
        string solutionFolder = SolutionFolder is null or "" or "*Undefined*" ? Path.GetDirectoryName(projectFolder) ?? projectFolder : SolutionFolder;
        IReadOnlyList<ConfigurationSource> sources = ConfigurationSource.ReadAll(solutionFolder, projectFolder, WeaverConfiguration, diagnostics);
        RejectUnknownProperties(diagnostics);
        if (diagnostics.HasErrors)
            return;

        WeaverList weavers = WeaverList.From(WeaverFiles.Select(f => f.ItemSpec));
        bool supplyElement = weavers.RequireElement(sources, projectFolder, diagnostics);
        weavers.WarnOfLaterWeavers(sources, diagnostics);
        WeaverOptions options = OptionMerge.Merge([.. FromXml(sources, diagnostics), .. FromProperties()], diagnostics);

        WeaveSettings settings = WeaveSettings.From(options, WeaverIdentity.OnDisk(WeaverFile));
        SettingsText = settings.Text;
        RefusesUnwoven = options.Unwoven == UnwovenPolicy.Refuse;
        SettingsJson = settings.ToJson();
        EffectiveWeaverConfiguration = supplyElement ? "<Weavers><MemSentry /></Weavers>" : WeaverConfiguration ?? "";
    }

    // The strongest place that has the element replaces it as a whole: Fody's rule for every weaver.
    private static IEnumerable<WrittenOption> FromXml(IReadOnlyList<ConfigurationSource> sources, DiagnosticList diagnostics) =>
        sources.LastOrDefault(s => s.Element is not null) is { } source ? WrittenOption.FromElement(source, diagnostics) : [];

    private IEnumerable<WrittenOption> FromProperties() => Options
        .Where(o => o.GetMetadata("Value").Length > 0)
        .Select(o => WrittenOption.FromProperty(o.ItemSpec, PropertyPrefix + o.ItemSpec, o.GetMetadata("Value")));

    // A misspelt -p:MemSentryRW2=w would otherwise change nothing, silently. Only global properties can be listed.
    private void RejectUnknownProperties(DiagnosticList diagnostics)
    {
        IEnumerable<string> known = [.. Options.Select(o => PropertyPrefix + o.ItemSpec), .. OtherProperties];
        foreach (string name in BuildEngine6.GetGlobalProperties().Keys
            .Where(n => n.StartsWith(PropertyPrefix, StringComparison.OrdinalIgnoreCase))
            .Except(known, StringComparer.OrdinalIgnoreCase))
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.OptionUnknown,
                $"The MSBuild property '{name}' is not known; the properties are {string.Join(", ", Options.Select(o => PropertyPrefix + o.ItemSpec))}, MemSentryFallback, MemSentryWeaveDependencies."));
        }
    }
}
