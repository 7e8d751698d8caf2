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
    /// <summary>The attributes of an element, and its child elements too: they are no options, and that has to be said.</summary>
    public static IEnumerable<WrittenOption> FromElement(ConfigurationSource source)
    {
        foreach (XAttribute attribute in source.Element!.Attributes().Where(a => !a.IsNamespaceDeclaration))
            yield return new(attribute.Name.LocalName, attribute.Value, source.Name, Locate(source, attribute));
        foreach (XElement child in source.Element!.Elements())
            yield return new(child.Name.LocalName, child.Value, source.Name, Locate(source, child));
    }

    public static WrittenOption FromProperty(string name, string property, string text) =>
        new(name, text, $"the MSBuild property {property}", null);

    private static SourceLocation? Locate(ConfigurationSource source, IXmlLineInfo place) =>
        source.File is null ? null : new SourceLocation(source.File, place.LineNumber, place.LinePosition);
}
