using MemSentry.Fody.Tests.Infrastructure;

namespace MemSentry.Fody.Tests;

/// <summary>MemSentry beside another weaver. One project, built in the order of the tests.</summary>
[TestFixture]
internal sealed class SeveralWeaversTests
{
    private WovenProject _project = null!;

    [OneTimeSetUp]
    public void Create()
    {
        _project = new WovenProject(items: $"""<WeaverFiles Include="{BuiltParts.OtherWeaverFile}" />""");
        Assert.That(Command.Dotnet(_project.Folder, "restore").Succeeded);
    }

    [OneTimeTearDown]
    public void Remove() => _project.Dispose();

    [Test]
    public void Without_a_file_their_order_is_asked_for() =>
        Assert.That(_project.Build("--no-restore"), Says.Error("MS4002", "write <Weavers><Other /><MemSentry /></Weavers> to "));

    [Test, DependsOnTest(nameof(Without_a_file_their_order_is_asked_for), AllowFailure = true)]
    public void A_later_weaver_is_warned_of()
    {
        _project.Write("FodyWeavers.xml", "<Weavers><MemSentry /><Other /></Weavers>");
        CommandResult build = _project.Build("--no-restore");
        Assert.That(build, Says.Woven);
        Assert.That(build.Output, Does.Contain("warning MS4006: The weaver Other runs after MemSentry"));
    }

    [Test, DependsOnTest(nameof(A_later_weaver_is_warned_of), AllowFailure = true)]
    public void Both_weave_when_MemSentry_is_last()
    {
        _project.Write("FodyWeavers.xml", "<Weavers><Other /><MemSentry /></Weavers>");
        CommandResult build = _project.Build("--no-restore");
        Assert.That(build, Says.Woven);
        Assert.Multiple(() =>
        {
            Assert.That(build.Output, Does.Not.Contain("MS4006"));
            Assert.That(WovenProject.StampOf(_project.Output()), Is.Not.Null);
            Assert.That(File.ReadAllText(_project.Output()), Does.Contain("AddedByOther"));
        });
    }

    // Fody then writes nothing at all: the assembly in obj is the compiler's, and up to date.
    [Test, DependsOnTest(nameof(Both_weave_when_MemSentry_is_last), AllowFailure = true)]
    public void The_failure_of_the_other_one_fails_every_build()
    {
        _project.Write("FodyWeavers.xml", """<Weavers><MemSentry /><Other Fail="true" /></Weavers>""");
        Assert.Multiple(() =>
        {
            Assert.That(_project.Build("--no-restore").Succeeded, Is.False);
            Assert.That(_project.Publish("--no-build", "-c", "Debug"), Says.Error("MS4001"));
            Assert.That(_project.Build("--no-restore").Succeeded, Is.False);
            Assert.That(WovenProject.StampOf(_project.Output()), Is.Not.Null, "bin keeps what was woven before");
        });
    }
}
