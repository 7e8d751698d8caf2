using System.Reflection;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;

namespace MemSentry.Cli.Tests;

public class DocumentationTests
{
    internal static readonly string Root = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        typeof(DocumentationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!));

    [TestCaseSource(typeof(OptionCatalog), nameof(OptionCatalog.All))]
    public void The_readme_lists_an_option_as_the_catalogue_has_it(OptionDescriptor option)
    {
        string values = option.AllowedValues.Count == 0 ? "text" : string.Join(", ", option.AllowedValues.Select(v => $"`{v}`"));
        string standard = option.DefaultValue.Length == 0 ? "none" : $"`{option.DefaultValue}`";
        string row = $"| `{option.Name}` | `{option.PropertyName}` | `{option.CommandLineName}` | {values} | {standard} |";
        Assert.That(File.ReadAllText(Path.Combine(Root, "README.md")), Does.Contain(row));
    }

    [Test]
    public void The_readme_s_table_of_methods_has_those_that_there_are_and_no_others_without_saying_so()
    {
        string readme = File.ReadAllText(Path.Combine(Root, "README.md"));
        string table = readme[readme.IndexOf("| `ProtMethod` |", StringComparison.Ordinal)..].Split("\n\n")[0];
        ILookup<bool, string> methods = table.Split('\n').Skip(2).Select(row => row.Split('|')[1..3])
            .SelectMany(cells => cells[0].Split(',').Select(name => (Name: name.Trim(' ', '`'), IsThere: !cells[1].StartsWith(" not available: ", StringComparison.Ordinal))))
            .ToLookup(m => m.IsThere, m => m.Name);
        OptionDescriptor option = OptionCatalog.All.Single(o => o.Name == "ProtMethod");

        Assert.That(methods[true], Is.EquivalentTo(option.AllowedValues));
        Assert.That(methods[false], Is.All.Matches<string?>(IsRefused));
    }

    private static bool IsRefused(string? method)
    {
        var diagnostics = new DiagnosticList();
        OptionCatalog.Parse([new("ProtMethod", method!)], diagnostics);
        return diagnostics.Any(d => d.Id == DiagnosticId.OptionValueNotAllowed);
    }
}
