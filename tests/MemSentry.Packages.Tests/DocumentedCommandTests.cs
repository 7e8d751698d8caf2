using MemSentry.Packages.Tests.Infrastructure;

namespace MemSentry.Packages.Tests;

/// <summary>Every command in the documents for users does what it says, entered in the order in which it stands there.</summary>
[TestFixture]
internal sealed class DocumentedCommandTests
{
    private static readonly string Ci = File.ReadAllText(Path.Combine(Repository.Root, ".ci", "run"));

    private static readonly Lazy<string> Figures = new(() => "\n" + Command.Run(Repository.Root, Path.Combine(Repository.Root, "build", "figures.sh")).Output);

    [TestCaseSource(nameof(Documents))]
    public void Commands_of_a_document_work(string document)
    {
        var newcomer = new Newcomer(Path.ChangeExtension(document, null)!.Replace('/', '-'));
        BuiltPrograms.CopyTo(newcomer.Folder);
        if (document != "README.md")
            Feed.WriteSource(newcomer.Folder);

        foreach (string command in CodeBlock.In(document).Where(b => b.Language.Length == 0).SelectMany(b => b.Commands))
        {
            if (IsCarriedOutElsewhere(command))
                continue;

            CommandResult result = newcomer.Enter(command);
            Assert.That(result.Succeeded, $"{document}: {result}");
        }
    }

    [Test]
    public void Blocks_of_every_document_are_carried_out_by_somebody() => Assert.That(
        CodeBlock.Documents.SelectMany(CodeBlock.In).Select(b => b.Language).Distinct(),
        Is.SubsetOf(new[] { "", "console", "csharp", "xml", "json" }), "commands are entered here, transcripts by FirstFiveMinutesTests, the rest by DocumentedCodeTests");

    /// <summary>Too long for a test, or done already: by CI with these very words, by the packages that all tests here install, or when somebody asks for a figure.</summary>
    private static bool IsCarriedOutElsewhere(string command) =>
        Ci.Contains('\n' + command + ' ', StringComparison.Ordinal) || command == "dotnet pack MemSentry.sln -o artifacts/packages" || IsFigure(command);

    private static bool IsFigure(string command)
    {
        if (!command.StartsWith("build/figures.sh ", StringComparison.Ordinal))
            return false;

        string name = command.Split(' ')[1];
        Assert.That(name == "prepare" || Figures.Value.Contains($"\n{name} ", StringComparison.Ordinal), $"there is no figure '{name}'");
        return true;
    }

    private static IEnumerable<string> Documents() => CodeBlock.Documents.Where(d => CodeBlock.In(d).Any(b => b.Language.Length == 0));
}
