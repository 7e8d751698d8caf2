using MemSentry.Analysis.Options;

namespace MemSentry.Cli.Tests;

/// <summary>docs/cli.md says what the commands say themselves.</summary>
public class CommandPageTests
{
    private static readonly string Page = Path.Combine(DocumentationTests.Root, "docs", "cli.md");

    [Test]
    public void The_page_lists_every_command_argument_option_and_exit_code_as_the_tool_has_them() => Golden.CompareFile(Page, CommandPage.Renew(File.ReadAllText(Page)));

    [TestCaseSource(typeof(OptionCatalog), nameof(OptionCatalog.All))]
    public void The_page_has_every_option_of_the_catalogue(OptionDescriptor option) =>
        Assert.That(File.ReadAllText(Page), Does.Contain($"| `{option.CommandLineName} ").And.Contain(option.Description));
}
