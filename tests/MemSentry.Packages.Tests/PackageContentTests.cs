using System.IO.Compression;
using System.Xml.Linq;
using MemSentry.Packages.Tests.Infrastructure;

namespace MemSentry.Packages.Tests;

/// <summary>What is in the packages.</summary>
[TestFixture]
internal sealed class PackageContentTests
{
    private static readonly string[] Names = ["MemSentry.Fody", "MemSentry.Runtime", "MemSentry.Tool"];

    [Test]
    public void The_solution_makes_these_packages_and_no_other() =>
        Assert.That(Directory.GetFiles(Feed.Folder).Select(Path.GetFileName), Is.EquivalentTo(
            Names.SelectMany(n => new[] { $"{n}.{Feed.Version}.nupkg", $"{n}.{Feed.Version}.snupkg" })));

    [TestCaseSource(nameof(Names))]
    public void It_introduces_itself(string name)
    {
        XElement about = Metadata(name);
        string? Text(string element) => about.Elements().FirstOrDefault(e => e.Name.LocalName == element)?.Value;
        Assert.Multiple(() =>
        {
            Assert.That(Text("license"), Is.EqualTo("MIT"));
            Assert.That(Text("description"), Has.Length.GreaterThan(40));
            Assert.That(Text("tags"), Does.Contain("security"));
            Assert.That(Entries(name), Has.Member(Text("readme")).And.Member(Text("icon")));
            Assert.That(Read(name, "README.md"), Does.StartWith($"# {name}\n").And.Contains("```"));
            Assert.That(Text("projectUrl"), Is.Null, "it says nothing of where the sources are kept");
        });
    }

    [TestCaseSource(nameof(Names))]
    public void Its_assemblies_have_symbols(string name)
    {
        IEnumerable<string> own = Entries(name).Where(e => e.EndsWith(".dll", StringComparison.Ordinal)
            && Path.GetFileName(e).StartsWith("memsentry", StringComparison.OrdinalIgnoreCase)
            && !e.StartsWith("ref/", StringComparison.Ordinal)
            // Its symbols are inside.
            && !e.EndsWith("MemSentry.AccessTable.dll", StringComparison.Ordinal));
        Assert.That(Entries(name, "snupkg"), Is.SupersetOf(own.Select(e => Path.ChangeExtension(e, ".pdb"))).And.Not.Empty);
    }

    [Test]
    public void The_weaver_brings_the_runtime_and_Fody_and_no_Cecil_of_its_own()
    {
        Assert.That(Dependencies("MemSentry.Fody"), Is.EqualTo(new[] { $"MemSentry.Runtime {Feed.Version}", "Fody 6.9.3" }));
        Assert.That(Entries("MemSentry.Fody").Where(e => e.StartsWith("weaver/", StringComparison.Ordinal)), Is.EquivalentTo(new[]
        {
            "weaver/MemSentry.AccessTable.dll", "weaver/MemSentry.Analysis.dll", "weaver/MemSentry.Build.dll", "weaver/MemSentry.Fody.dll",
            "weaver/MemSentry.Fody.xcf", "weaver/MemSentry.Images.dll", "weaver/MemSentry.Weaver.dll",
        }));
    }

    [Test]
    public void The_runtime_brings_its_native_part_and_documentation()
    {
        Assert.That(Dependencies("MemSentry.Runtime"), Is.EqualTo(new[] { "Iced 1.22.0" }));
        Assert.That(Entries("MemSentry.Runtime"), Is.SupersetOf(new[]
        {
            "lib/net10.0/MemSentry.Runtime.dll", "lib/net10.0/MemSentry.Native.dll", "ref/net10.0/MemSentry.Runtime.dll", "ref/net10.0/MemSentry.Runtime.xml",
            "buildTransitive/MemSentry.Runtime.targets",
        }));
    }

    [Test]
    public void Packing_again_gives_the_same_bytes()
    {
        string folder = Path.Combine(Feed.Workspaces, "Again");
        CommandResult pack = Feed.Pack(folder, "runtime/MemSentry.Runtime");
        Assert.That(pack.Succeeded, pack.ToString());
        Assert.That(Directory.GetFiles(folder), Has.Length.EqualTo(2));
        foreach (string again in Directory.GetFiles(folder))
            Assert.That(File.ReadAllBytes(again), Is.EqualTo(File.ReadAllBytes(Path.Combine(Feed.Folder, Path.GetFileName(again)))), again);
    }

    private static IEnumerable<string> Dependencies(string name) => Metadata(name).Descendants()
        .Where(e => e.Name.LocalName == "dependency")
        .Select(e => $"{e.Attribute("id")!.Value} {e.Attribute("version")!.Value}");

    private static XElement Metadata(string name) => XElement.Parse(Read(name, $"{name}.nuspec")).Elements().Single();

    private static List<string> Entries(string name, string extension = "nupkg")
    {
        using ZipArchive package = ZipFile.OpenRead(Feed.Package(name, extension));
        return [.. package.Entries.Select(e => e.FullName)];
    }

    private static string Read(string name, string file)
    {
        using ZipArchive package = ZipFile.OpenRead(Feed.Package(name));
        using var text = new StreamReader(package.GetEntry(file)!.Open());
        return text.ReadToEnd();
    }
}
