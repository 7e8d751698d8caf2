using MemSentry.Fody.Tests.Infrastructure;

namespace MemSentry.Fody.Tests;

/// <summary>A project that refers to code that is not woven: named in the build, and refused on demand, whatever was built before.</summary>
[TestFixture]
internal sealed class UnwovenReferenceTests
{
    private const string Raw = "public static unsafe class Codec { public static byte Read(byte* p) => *p; }";
    private const string Harmless = "public static class Codec { public static byte Read(byte[] p) => p[0]; }";
    private WovenProject _project = null!;

    [OneTimeSetUp]
    public void Create()
    {
        _project = new WovenProject(items: """<ProjectReference Include="../Codec/Codec.csproj" />""");
        Directory.CreateDirectory(Path.Combine(_project.Folder, "..", "Codec"));
        _project.Write("../Codec/Codec.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
                <NuGetAudit>false</NuGetAudit>
                <RunAnalyzers>false</RunAnalyzers>
              </PropertyGroup>
            </Project>
            """);
        _project.Write("UseCodec.cs", "static class UseCodec { public static System.Type Type => typeof(Codec); }");
        _project.Write("../Codec/Codec.cs", Harmless);
        Assert.That(Command.Dotnet(_project.Folder, "restore").Succeeded);
    }

    [OneTimeTearDown]
    public void Remove() => _project.Dispose();

    // One test, because each step starts from what the one before has left.
    [Test]
    public void The_reference_is_looked_at_whenever_it_changes()
    {
        CommandResult harmless = Build("-p:MemSentryUnwoven=refuse");
        Assert.That(harmless, Says.Woven, harmless.ToString());
        Assert.That(harmless.Output, Does.Not.Contain("MS3011").And.Not.Contain("MS3012"));

        CommandResult unchanged = Build("-p:MemSentryUnwoven=refuse");
        Assert.That(unchanged, Says.NothingWoven, unchanged.ToString());

        // The member's signature stays, so the compiler alone would see no change.
        _project.Write("../Codec/Codec.cs", Harmless.Replace("p[0]", "System.Runtime.CompilerServices.Unsafe.Add(ref p[0], 1)", StringComparison.Ordinal));
        CommandResult raw = Build();
        Assert.That(raw, Says.Woven, raw.ToString());
        Assert.That(raw.Output, Does.Match("warning MS3011: 'App' .* Codec "));

        CommandResult published = _project.Publish("--no-restore", "--no-build", "-c", "Debug", "-p:MemSentryUnwoven=refuse");
        Assert.That(published, Says.Error("MS3011", "Codec"), published.ToString());

        _project.Write("../Codec/Codec.cs", Raw);
        CommandResult refused = Build("-p:MemSentryUnwoven=refuse");
        Assert.That(refused, Says.Error("MS3011", "Codec (ldind.u1 in Codec::Read)"), refused.ToString());
        Assert.That(File.Exists(_project.Intermediate()), Is.False);
    }

    private CommandResult Build(params IEnumerable<string> switches) => _project.Build(["--no-restore", .. switches]);
}
