using System.Reflection;
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
}
