using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Weaver.Reading;
using MemSentry.Weaver.Tests.Fixtures;

namespace MemSentry.Weaver.Tests.Writing;

/// <summary>Debug information stays where it was; what cannot be used costs a warning. Read back with the framework's own reader.</summary>
internal sealed class SymbolTests
{
    private const string Source = "public static unsafe class P { public static int Peek(long a) => *(int*)a; }";

    [Test]
    public void APdbFileStaysAFileThatBelongsToTheAssembly()
    {
        using var folder = new TemporaryFolder();
        Weaving.Run(CSharpFixture.Compile(Source).WriteTo(folder), folder["out/Fixture.dll"]);

        using var pe = new PEReader(File.OpenRead(folder["out/Fixture.dll"]));
        Assert.That(pe.TryOpenAssociatedPortablePdb(folder["out/Fixture.dll"], File.OpenRead, out MetadataReaderProvider? provider, out string? path));
        using (provider)
        {
            Assert.That(path, Is.EqualTo(folder["out/Fixture.pdb"]));
            Assert.That(provider!.GetMetadataReader().Documents, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void EmbeddedDebugInformationStaysEmbedded()
    {
        using var folder = new TemporaryFolder();
        Weaving.Run(CSharpFixture.Compile(Source, symbols: DebugFormat.Embedded).WriteTo(folder), folder["out/Fixture.dll"]);

        using var pe = new PEReader(File.OpenRead(folder["out/Fixture.dll"]));
        DebugDirectoryEntry entry = pe.ReadDebugDirectory().Single(e => e.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using MetadataReaderProvider provider = pe.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        Assert.That(provider.GetMetadataReader().Documents, Has.Count.EqualTo(1));
        Assert.That(File.Exists(folder["out/Fixture.pdb"]), Is.False);
    }

    [Test]
    public void NoDebugInformationStaysNone()
    {
        using var folder = new TemporaryFolder();

        DiagnosticList diagnostics = Weaving.Run(CSharpFixture.Compile(Source, symbols: DebugFormat.None).WriteTo(folder), folder["out/Fixture.dll"]);

        Assert.That(diagnostics, Is.Empty);
        Assert.That(Directory.GetFiles(folder["out"]), Has.Length.EqualTo(1));
    }

    [Test]
    public void DebugInformationOfAnotherBuildIsIgnoredWithAWarning() =>
        AssertIgnored(CSharpFixture.Compile(Source + "class Another { int F() => 1; }").Pdb!, "belongs to another build");

    [TestCase("Microsoft C/C++ MSF 7.00\r\n")]
    [TestCase("BSJB and then nonsense")]
    [TestCase("")]
    public void BrokenDebugInformationIsIgnoredWithAWarning(string contents) =>
        AssertIgnored(System.Text.Encoding.ASCII.GetBytes(contents), "cannot be read");

    [Test]
    public void DamagedDebugInformationNeverStopsAWeaveInAnUncodedWay()
    {
        CSharpFixture fixture = CSharpFixture.Compile(Source);
        var random = new Random(7);
        using var folder = new TemporaryFolder();
        string path = fixture.WriteTo(folder);
        int warned = 0;
        for (int i = 0; i < 200; i++)
        {
            byte[] damaged = [.. fixture.Pdb!];
            random.NextBytes(damaged.AsSpan(random.Next(damaged.Length - 32), 32));
            File.WriteAllBytes(folder["Fixture.pdb"], damaged);
            var diagnostics = new DiagnosticList();

            bool woven = Weaving.Try(path, folder["out/Fixture.dll"], diagnostics) is not null;

            Assert.That(woven || diagnostics.Single(d => d.Severity == DiagnosticSeverity.Error).Id == DiagnosticId.NotAnAssembly, string.Join('\n', diagnostics));
            warned += diagnostics.Any(d => d.Id == DiagnosticId.SymbolsIgnored) ? 1 : 0;
        }

        Assert.That(warned, Is.Positive);
    }

    private static void AssertIgnored(byte[] pdb, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = (CSharpFixture.Compile(Source) with { Pdb = pdb }).WriteTo(folder);

        Diagnostic warning = Weaving.Run(path, folder["out/Fixture.dll"]).Single();

        Assert.That(warning.Code, Is.EqualTo("MS2009"));
        Assert.That(warning.Message, Does.Contain(reason));
        Assert.That(File.Exists(folder["out/Fixture.pdb"]), Is.False);
        using var woven = new WovenFixture(File.ReadAllBytes(folder["out/Fixture.dll"]));
        Assert.That(() => woven.Call("P.Peek", BlockAddress.Arena), Throws.InstanceOf<SafeRegionViolationException>());
    }
}
