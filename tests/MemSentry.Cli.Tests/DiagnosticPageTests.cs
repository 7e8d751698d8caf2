namespace MemSentry.Cli.Tests;

/// <summary>docs/diagnostics.md says of every code what the source says.</summary>
public class DiagnosticPageTests
{
    private static readonly string Page = Path.Combine(DocumentationTests.Root, "docs", "diagnostics.md");

    /// <summary><c>MEMSENTRY_RENEW=1</c> writes the page; look at the difference.</summary>
    [Test]
    public void The_page_is_what_the_source_says()
    {
        string page = DiagnosticPage.Write().TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("MEMSENTRY_RENEW") == "1")
            File.WriteAllText(Page, page);

        Assert.That(page, Is.EqualTo(File.ReadAllText(Page)), "docs/diagnostics.md is out of date; MEMSENTRY_RENEW=1 renews it");
    }

    [TestCaseSource(nameof(Codes))]
    public void Every_code_has_a_sentence_a_cause_and_something_to_do(Enum code)
    {
        IReadOnlyList<string> explanation = DiagnosticPage.Explanation(code);

        Assert.That(explanation, Has.Count.EqualTo(3).And.All.Match(@"^[A-Z`\[].*\.$"));
    }

    [Test]
    public void No_number_has_two_meanings() => Assert.That(DiagnosticPage.Codes.Select(c => c.Number), Is.Not.Empty.And.Unique);

    private static IEnumerable<Enum> Codes() => DiagnosticPage.Codes.Select(c => c.Code);
}
