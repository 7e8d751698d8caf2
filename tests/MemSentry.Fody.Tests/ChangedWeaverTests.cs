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
        Assert.That(_project.Build("--no-restore").Succeeded, Is.False);
        Assert.That(File.Exists(_project.Intermediate()), Is.False);
    }
}
