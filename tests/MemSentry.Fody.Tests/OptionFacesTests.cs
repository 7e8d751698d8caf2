using System.Xml.Linq;
using MemSentry.Analysis.Options;
using MemSentry.Fody.Tests.Infrastructure;

namespace MemSentry.Fody.Tests;

/// <summary>The catalogue, the completion of FodyWeavers.xml and the MSBuild properties list the same options.</summary>
[TestFixture]
internal sealed class OptionFacesTests
{
    private static readonly XNamespace Schema = "http://www.w3.org/2001/XMLSchema";

    [Test]
    public void The_targets_pass_every_option_and_no_other()
    {
        XElement targets = XElement.Load(Path.Combine(BuiltParts.TargetsFolder, "MemSentry.Fody.targets"));
        IEnumerable<(string, string)> passed = targets.Descendants("MemSentryOption")
            .Select(o => (o.Attribute("Include")!.Value, o.Attribute("Value")!.Value));
        Assert.That(passed, Is.EqualTo(OptionCatalog.All.Select(o => (o.Name, $"$({o.PropertyName})"))));
    }

    [Test]
    public void The_completion_offers_every_option_with_its_values_default_and_description()
    {
        XElement completion = XElement.Load(Path.Combine(BuiltParts.WeaverFolder, "MemSentry.Fody.xcf"));
        IEnumerable<string> offered = completion.Elements(Schema + "attribute").Select(a => Describe(
            a.Attribute("name")!.Value,
            a.Descendants(Schema + "enumeration").Select(e => e.Attribute("value")!.Value),
            a.Attribute("default")?.Value ?? "",
            a.Descendants(Schema + "documentation").Single().Value));
        Assert.That(offered, Is.EqualTo(OptionCatalog.All.Select(o => Describe(o.Name, o.AllowedValues, o.DefaultValue, o.Description))));
    }

    private static string Describe(string name, IEnumerable<string> values, string defaultValue, string description) =>
        $"{name} [{string.Join(' ', values)}] = '{defaultValue}': {description}";
}
