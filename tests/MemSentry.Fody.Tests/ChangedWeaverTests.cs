using MemSentry.Fody.Tests.Infrastructure;

namespace MemSentry.Fody.Tests;

/// <summary>The weaver itself is an input of the weave. One project with a copy of the weaver, built in the order of the tests.</summary>
[TestFixture]
internal sealed class ChangedWeaverTests
{
    private WeaverCopy _weaver = null!;
    private WovenProject _project = null!;

    [OneTimeSetUp]
    public void BuildFromClean()
    {
        _weaver = new WeaverCopy();
        _project = new WovenProject(weaverFile: _weaver.File);
        Assert.That(_project.Build(), Says.Woven);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        _project.Dispose();
        _weaver.Dispose();
    }

    [Test]
    public void Another_engine_weaves_again()
    {
        byte[] before = File.ReadAllBytes(_project.Output());
        _weaver.ChangeModuleId();

        Assert.That(_project.Build("--no-restore"), Says.Woven);
        Assert.That(ModuleIds.Of(_project.Output()), Is.Not.EqualTo(ModuleIds.Of(before)));
        Assert.That(_project.Build("--no-restore"), Says.NothingWoven);
    }

    [Test, DependsOnTest(nameof(Another_engine_weaves_again), AllowFailure = true)]
    public void A_build_process_that_lives_on_uses_the_engine_that_is_on_disk()
    {
        // One process builds, replaces the engine and builds again: what a reused build node sees.
        _project.Write("Twice.targets", $"""
            <Project>
              <Target Name="Twice">
                <MSBuild Projects="App.csproj" Targets="Rebuild" Properties="Round=1" />
                <Copy SourceFiles="{_weaver.WriteNextEngine()}" DestinationFiles="{_weaver.Engine}" />
                <MSBuild Projects="App.csproj" Targets="Build" Properties="Round=2" />
              </Target>
            </Project>
            """);

        CommandResult build = Command.Dotnet(_project.Folder, "msbuild", "Twice.targets", "-nologo", "-nodeReuse:false", "-v:normal", "-clp:NoSummary");

        Assert.That(build, Says.Woven);
        Assert.That(build.Output.Split(Says.Wove), Has.Length.EqualTo(3), "woven in both rounds");
    }

    [Test, DependsOnTest(nameof(A_build_process_that_lives_on_uses_the_engine_that_is_on_disk), AllowFailure = true)]
    public void An_engine_that_crashes_fails_every_build_with_one_sentence()
    {
        _weaver.MakeEngineThrow("out of order");

        CommandResult[] builds = [_project.Build("--no-restore"), _project.Build("--no-restore"), _project.Publish("--no-build", "-c", "Debug")];

        Assert.Multiple(() =>
        {
            Assert.That(builds[0], Says.Error("MS9001", "InvalidOperationException: out of order."));
            Assert.That(builds[1], Says.Error("MS9001"));
            Assert.That(builds[2], Says.Error("MS4001"));
            Assert.That(WovenProject.StampOf(_project.Output()), Is.Not.Null, "bin keeps what was woven before");
        });
    }

    [Test, DependsOnTest(nameof(An_engine_that_crashes_fails_every_build_with_one_sentence), AllowFailure = true)]
    public void A_weaver_that_is_no_assembly_fails_the_build()
    {
        _weaver.Destroy();
        Assert.That(_project.Build("--no-restore"), Says.Error("MS2001", "is damaged"));
        Assert.That(File.Exists(_project.Intermediate()), Is.False);
    }
}
