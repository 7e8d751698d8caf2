using System.Xml;
using System.Xml.Linq;
using MemSentry.Analysis.Diagnostics;

namespace MemSentry.Build.Configuration;

/// <summary>One place where Fody looks for the configuration of weavers.</summary>
/// <param name="File">The file, or null for the MSBuild property WeaverConfiguration.</param>
/// <param name="Root">Its <c>Weavers</c> element.</param>
internal sealed record ConfigurationSource(string? File, XElement Root)
{
    private const string FileName = "FodyWeavers.xml";

    /// <summary>The name of the element that makes Fody run this weaver: its file name without <c>.Fody.dll</c>.</summary>
    public const string ElementName = "MemSentry";

    /// <summary>How messages call this place.</summary>
    public string Name => File ?? "the MSBuild property WeaverConfiguration";

    /// <summary>This weaver's element, if it is here. Fody compares element names without regard to case.</summary>
    public XElement? Element => Root.Elements().LastOrDefault(e => e.Name.LocalName.Equals(ElementName, StringComparison.OrdinalIgnoreCase));

    /// <summary>All places that exist, in Fody's order: an element in a later one replaces the same element of an earlier one.</summary>
    public static IReadOnlyList<ConfigurationSource> ReadAll(
        string solutionFolder, string projectFolder, string? weaverConfiguration, DiagnosticList diagnostics)
    {
        // Without a solution Fody takes the parent of the project's folder for the solution's.
        ConfigurationSource?[] places =
        [
            ReadFile(Path.Combine(solutionFolder, FileName), diagnostics),
            ReadFile(Path.Combine(projectFolder, FileName), diagnostics),
            string.IsNullOrWhiteSpace(weaverConfiguration) ? null : Read(null, weaverConfiguration, diagnostics),
        ];
        return [.. places.OfType<ConfigurationSource>().DistinctBy(p => p.File)];
    }

    private static ConfigurationSource? ReadFile(string file, DiagnosticList diagnostics) =>
        System.IO.File.Exists(file) ? Read(Path.GetFullPath(file), System.IO.File.ReadAllText(file), diagnostics) : null;

    private static ConfigurationSource? Read(string? file, string text, DiagnosticList diagnostics)
    {
        try
        {
            return new(file, XDocument.Parse(text, LoadOptions.SetLineInfo).Root!);
        }
        catch (XmlException failure)
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.ConfigurationUnreadable,
                $"{file ?? "The MSBuild property WeaverConfiguration"} is not well-formed XML: {failure.Message}",
                file is null ? null : new SourceLocation(file, failure.LineNumber, failure.LinePosition)));
            return null;
        }
    }
}
