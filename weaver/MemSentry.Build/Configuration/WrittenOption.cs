using System.Xml;
using System.Xml.Linq;
using MemSentry.Analysis.Diagnostics;

namespace MemSentry.Build.Configuration;

/// <summary>One option as a user wrote it, and where.</summary>
/// <param name="Name">The name in FodyWeavers.xml.</param>
/// <param name="Text">The value.</param>
/// <param name="Origin">How messages call the place.</param>
/// <param name="Location">Line and column, when the place is a file.</param>
internal sealed record WrittenOption(string Name, string Text, string Origin, SourceLocation? Location)
{
    /// <summary>The attributes of this weaver's element. An element inside it is an error: it would otherwise say nothing, silently.</summary>
    public static IEnumerable<WrittenOption> FromElement(ConfigurationSource source, DiagnosticList diagnostics)
    {
        foreach (XElement child in source.Element!.Elements())
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.OptionUnknown,
                $"The element <{child.Name.LocalName}> is not known; options are attributes of <MemSentry />.", Locate(source, child)));
        }

        return source.Element.Attributes()
            .Where(a => !a.IsNamespaceDeclaration)
            .Select(a => new WrittenOption(a.Name.LocalName, a.Value, source.Name, Locate(source, a)));
    }

    public static WrittenOption FromProperty(string name, string property, string text) =>
        new(name, text, $"the MSBuild property {property}", null);

    private static SourceLocation? Locate(ConfigurationSource source, IXmlLineInfo place) =>
        source.File is null ? null : new SourceLocation(source.File, place.LineNumber, place.LinePosition);
}
