namespace MemSentry.Architecture.Tests;

/// <summary>Hosts -> weaver -> analysis -> Cecil, and runtime -> native: nothing points the other way.</summary>
[TestFixture]
internal sealed class DependencyDirectionTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["MemSentry.AccessTable"] = ["FodyHelpers"],
        ["MemSentry.Analysis"] = ["MemSentry.AccessTable"],
        ["MemSentry.Images"] = [],
        ["MemSentry.Verifier"] = ["MemSentry.AccessTable", "MemSentry.Images"],
        ["MemSentry.Weaver"] = ["MemSentry.Analysis", "MemSentry.Images"],
        ["MemSentry.Build"] = ["MemSentry.Weaver", "MemSentry.Analysis", "Microsoft.Build.Utilities.Core"],
        ["MemSentry.Fody"] = ["MemSentry.Weaver", "MemSentry.Analysis", "MemSentry.Build", "FodyHelpers"],
        ["MemSentry.Cli"] = ["MemSentry.Weaver", "MemSentry.Verifier", "MemSentry.Runtime", "MemSentry.Native", "Microsoft.Extensions.FileSystemGlobbing", "System.CommandLine", "Spectre.Console"],
        ["MemSentry.Runtime"] = ["MemSentry.Native"],
        ["MemSentry.Native"] = ["Iced"],
    };

    [TestCaseSource(nameof(Projects))]
    public void Project_refers_only_to_what_lies_below_it(string project) =>
        Assert.That(Repository.ReferencesOf(project), Is.SubsetOf(Allowed[project]));

    [Test]
    public void Every_product_project_has_a_rule()
    {
        IEnumerable<string> products = Repository.Projects
            .Where(p => new[] { "src/MemSentry.", "weaver/", "runtime/", "native/" }.Any(f => Path.GetRelativePath(Repository.Root, p.Value).StartsWith(f, StringComparison.Ordinal)))
            .Select(p => p.Key);

        Assert.That(products, Is.EquivalentTo(Allowed.Keys));
    }

    [Test]
    public void Mono_Cecil_comes_only_from_FodyHelpers() =>
        Assert.That(Repository.Projects.Keys.Where(p => Repository.ReferencesOf(p).Contains("Mono.Cecil")), Is.Empty);

    [Test]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "MemSentry.sln"));

        Assert.That(Repository.Projects.Keys.Where(p => !solution.Contains($"{p}.csproj", StringComparison.Ordinal)), Is.Empty);
    }

    private static IEnumerable<string> Projects => Allowed.Keys;
}
