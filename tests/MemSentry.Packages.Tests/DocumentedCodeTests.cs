using System.Text.Json;
using MemSentry.Packages.Tests.Infrastructure;

namespace MemSentry.Packages.Tests;

/// <summary>Code in the documents for users: it compiles, and it does what its comments say.</summary>
[TestFixture]
internal sealed class DocumentedCodeTests
{
    private const string Driver = """
        using System.Reflection;
        using MemSentry;

        README.SessionKey.Generate();
        var region = (SafeRegion)typeof(README.SessionKey).GetField("Region", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
        unsafe { Console.WriteLine(README.Parser.Peek(null, (long)region.Pointer)); }
        """;

    [Test]
    public void Samples_compile_and_the_readme_s_bug_is_blocked_with_the_message_that_it_says()
    {
        var workspace = new Workspace("DocumentedCode");
        var project = new Project("Samples") { Properties = "<OutputType>Exe</OutputType>" + Xml("README.md").First(x => x.StartsWith("<MemSentry", StringComparison.Ordinal)) };
        workspace.Add(project);
        workspace.Write("Samples/Driver.cs", Driver);
        foreach (string document in CodeBlock.Documents.Where(d => d != "docs/first-five-minutes.md"))
        {
            foreach ((int i, CodeBlock block) in CodeBlock.In(document).Where(b => b.Language == "csharp").Index())
                workspace.Write($"Samples/{NameOf(document)}{i}.cs", AsFile(block));
        }

        CommandResult build = workspace.Build("build", "Samples");
        Assert.That(build.Succeeded, build.ToString());
        Assert.That(workspace.Run("Samples").Output, Does.Match(
            @"MS7100: Blocked a load at 0x[0-9a-f]+, inside the safe region 'session key' \(byte 0 of 32\), in README\.Parser::Peek\(.*\) at IL offset 0x0004\."));
    }

    [Test]
    public void Import_of_the_readme_is_how_projects_of_this_repository_are_woven()
    {
        string import = Xml("README.md").Single(x => x.StartsWith("<Import", StringComparison.Ordinal));

        Assert.That(File.ReadAllText(Path.Combine(Repository.Root, "src", "samples", "Heartbleed", "Victim", "Heartbleed.Victim.csproj")), Does.Contain(import.TrimEnd(' ', '/', '>')));
    }

    [Test]
    public void Samples_of_json_are_json()
    {
        foreach (CodeBlock block in CodeBlock.Documents.SelectMany(CodeBlock.In).Where(b => b.Language == "json"))
            Assert.That(() => JsonDocument.Parse(string.Join('\n', block.Lines)).Dispose(), Throws.Nothing, block.Document);
    }

    private static IEnumerable<string> Xml(string document) => CodeBlock.In(document).Where(b => b.Language == "xml").Select(b => string.Join('\n', b.Lines).Trim());

    private static string NameOf(string document) => document == "README.md" ? "README" : Path.GetDirectoryName(document)!.Split('/')[^1].Replace('.', '_');

    /// <summary>Samples of a member alone stand in a class for it.</summary>
    private static string AsFile(CodeBlock block)
    {
        string code = string.Join('\n', block.Lines);
        string types = code.Contains("class ", StringComparison.Ordinal) ? code : $"static unsafe class Sample\n{{\n{code}\n}}";
        return $"using System.Security.Cryptography;\nusing MemSentry;\nnamespace {NameOf(block.Document)};\n{types}\n";
    }
}
