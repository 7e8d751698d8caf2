using MemSentry.Packages.Tests.Infrastructure;

namespace MemSentry.Packages.Tests;

/// <summary>MemSentryWeaveDependencies: what a program brings along is woven with it, or refused.</summary>
[TestFixture]
internal sealed class DependencyTests
{
    private const string On = "-p:MemSentryWeaveDependencies=true";
    private Workspace _workspace = null!;

    [OneTimeSetUp]
    public void Restore()
    {
        _workspace = new Workspace("Dependencies");
        _workspace.AddSolution("All",
            Shipped.Program("Program", "", Shipped.LibraryReference + """<ProjectReference Include="../Harmless/Harmless.csproj" />"""),
            new("Harmless", "Harmless.cs") { Properties = "", Items = "" },
            Shipped.Program("Third", ""),
            Shipped.Library,
            // Stamped without checks: its author has not made up his mind, and nobody can weave it again.
            new("Undecided", "Codec.cs") { Properties = "<MemSentryProtMethod>none</MemSentryProtMethod>" },
            Shipped.Program("Second", "", """<ProjectReference Include="../Undecided/Undecided.csproj" />"""));
        CommandResult restore = _workspace.Build("restore", "All.slnx");
        Assert.That(restore.Succeeded, restore.ToString());
    }

    // One test, because each step starts from what the one before has left.
    [Test]
    public void They_are_woven_when_that_is_asked_for_and_only_then()
    {
        CommandResult off = Build("Program");
        Assert.That(off.Output, Does.Contain("warning MS3011").And.Contain("Codec (ldind.u1 in Codec::Read)"));
        Assert.That(_workspace.Run("Program").Output, Does.Contain("dependency: read 42"), "the attack works");

        CommandResult on = Build("Program", On);
        Assert.That(on.Output, Does.Not.Contain("MS3011"));
        CommandResult run = _workspace.Run("Program");
        Assert.That(run.Output, Does.Contain("dependency: MS7100").And.Contain("package: b"), run.ToString());
        Shipped.Verify(_workspace, Path.GetDirectoryName(_workspace.Output("Program", "Program.dll"))!, "Program.dll", "Codec.dll", "CommunityToolkit.HighPerformance.dll");
        Assert.That(File.ReadAllBytes(_workspace.Output("Program", "Harmless.dll")), Is.EqualTo(File.ReadAllBytes(_workspace.Output("Harmless", "Harmless.dll"))),
            "without raw accesses there is nothing to weave");

        DateTime woven = File.GetLastWriteTimeUtc(_workspace.Output("Program", "Codec.dll"));
        Build("Program", On);
        Assert.That(File.GetLastWriteTimeUtc(_workspace.Output("Program", "Codec.dll")), Is.EqualTo(woven), "nothing changed");

        Build("Program", On, "-p:MemSentryProtMethod=sfi");
        Assert.That(_workspace.Run("Program").Output, Does.Contain("MS7101"), "with the settings of the program");
    }

    // Whatever another target does to the list: the last look is at the files themselves.
    [Test]
    public void A_publish_that_would_deliver_the_original_all_the_same_fails()
    {
        _workspace.Write("Third/Directory.Build.targets", """
            <Project>
              <Target Name="PutTheOriginalBack" AfterTargets="_MemSentryPublishDependencies">
                <ItemGroup>
                  <ResolvedFileToPublish Remove="@(ResolvedFileToPublish)" Condition="'%(Filename)%(Extension)' == 'Codec.dll'" />
                  <ResolvedFileToPublish Include="../Codec/bin/Release/net10.0/Codec.dll" RelativePath="Codec.dll" CopyToPublishDirectory="PreserveNewest" />
                </ItemGroup>
              </Target>
            </Project>
            """);
        CommandResult publish = _workspace.Build("publish", "Third", "--no-restore", On);
        Assert.Multiple(() =>
        {
            Assert.That(publish.Succeeded, Is.False, publish.ToString());
            Assert.That(publish.Output, Does.Match("error MS4001: .*Codec.dll is not woven"));
            Assert.That(File.Exists(_workspace.Output("Third", "publish/Codec.dll", "Release")), Is.False);
        });
    }

    [Test]
    public void One_that_cannot_be_woven_fails_the_build()
    {
        CommandResult refused = _workspace.Build("build", "Second", "--no-restore", On);
        Assert.Multiple(() =>
        {
            Assert.That(refused.Succeeded, Is.False, refused.ToString());
            Assert.That(refused.Output, Does.Contain("error MS2002").And.Contain("error MS4010: The dependency 'Undecided' cannot be woven"));
            Assert.That(File.Exists(_workspace.Output("Second", "Second.dll")), Is.False);
        });
    }

    [Test, DependsOnTest(nameof(One_that_cannot_be_woven_fails_the_build), AllowFailure = true)]
    public void One_that_is_left_unwoven_on_purpose_is_still_named()
    {
        _workspace.Write("Second/Directory.Build.targets", """<Project><ItemGroup><MemSentryLeaveUnwoven Include="Undecided" /></ItemGroup></Project>""");
        CommandResult left = Build("Second", On);
        Assert.That(left.Output, Does.Contain("warning MS3011").And.Contain("Undecided"));
        Assert.That(_workspace.Run("Second").Output, Does.Contain("dependency: read 42"));
    }

    private CommandResult Build(string project, params IEnumerable<string> arguments)
    {
        CommandResult build = _workspace.Build("build", project, ["--no-restore", .. arguments]);
        Assert.That(build.Succeeded, build.ToString());
        return build;
    }
}
