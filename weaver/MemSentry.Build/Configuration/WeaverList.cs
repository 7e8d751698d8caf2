using MemSentry.Analysis.Diagnostics;

namespace MemSentry.Build.Configuration;

/// <summary>The weavers of a project and the order in which Fody runs them: that of the first element with each name.</summary>
/// <param name="Others">Element names of the installed weavers except this one.</param>
internal sealed record WeaverList(IReadOnlySet<string> Others)
{
    public static WeaverList From(IEnumerable<string> weaverFiles) => new(weaverFiles
        .Select(ElementNameOf)
        .Where(n => !n.Equals(ConfigurationSource.ElementName, StringComparison.OrdinalIgnoreCase))
        .ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>
    /// Makes sure that Fody will run this weaver: it skips a weaver without an element (with a mere warning), and would deliver the
    /// assembly unprotected.
    /// </summary>
    /// <returns>Whether Fody needs an element from us, because nothing is configured and nothing else could be meant.</returns>
    public bool RequireElement(IReadOnlyList<ConfigurationSource> sources, string projectFolder, DiagnosticList diagnostics)
    {
        if (sources.Any(s => s.Element is not null))
            return false;
        if (sources.Count == 0 && Others.Count == 0)
            return true;

        string place = sources.Count == 0 ? Path.Combine(projectFolder, "FodyWeavers.xml") : sources[^1].Name;
        string elements = string.Concat(Others.Order(StringComparer.Ordinal).Select(n => $"<{n} />")) + "<MemSentry />";
        diagnostics.Add(Diagnostic.Error(DiagnosticId.WeaverNotConfigured, sources.Count == 0
            ? $"The project has several weavers and no FodyWeavers.xml, so their order is not known; write <Weavers>{elements}</Weavers> to {place}."
            : $"{place} has no element for MemSentry, so Fody would skip it and deliver the assembly unprotected; add <MemSentry /> as the last element of <Weavers>."));
        return false;
    }

    /// <summary>Warns of weavers that run later: what they add is in a woven assembly, but was never analysed.</summary>
    public void WarnOfLaterWeavers(IReadOnlyList<ConfigurationSource> sources, DiagnosticList diagnostics)
    {
        IEnumerable<string> later = sources
            .SelectMany(s => s.Root.Elements())
            .Select(e => e.Name.LocalName)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .SkipWhile(n => !n.Equals(ConfigurationSource.ElementName, StringComparison.OrdinalIgnoreCase))
            .Where(Others.Contains);
        foreach (string name in later)
        {
            diagnostics.Add(Diagnostic.Warning(DiagnosticId.WeaverRunsLater,
                $"The weaver {name} runs after MemSentry, so the code that it adds is not checked; make <MemSentry /> the last element of FodyWeavers.xml."));
        }
    }

    private static string ElementNameOf(string weaverFile)
    {
        string name = Path.GetFileNameWithoutExtension(weaverFile);
        return name.EndsWith(".Fody", StringComparison.OrdinalIgnoreCase) ? name[..^".Fody".Length] : name;
    }
}
