namespace MemSentry.Architecture.Tests;

/// <summary>The tree in ARCHITECTURE.md is how a newcomer finds things.</summary>
[TestFixture]
internal sealed class DocumentedFoldersTests
{
    private static IEnumerable<string> Folders => Repository.Projects.Values
        .Select(p => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(p)!))
        .Where(f => f.Split('/')[0] is not "tests" && Path.GetFileName(f).StartsWith("MemSentry.", StringComparison.Ordinal));

    [TestCaseSource(nameof(Folders))]
    public void Each_product_project_has_a_line_in_the_architecture_document(string folder) =>
        Assert.That(File.ReadLines(Path.Combine(Repository.Root, "ARCHITECTURE.md")), Has.Some.StartsWith(folder + " "));
}
