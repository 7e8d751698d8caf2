using MemSentry.Packages.Tests.Infrastructure;

namespace MemSentry.Packages.Tests;

/// <summary>The installed package delivers nothing that is not woven as asked. One project, restored once.</summary>
[TestFixture]
internal sealed class FailClosedTests
{
    private Workspace _workspace = null!;

    [OneTimeSetUp]
    public void Restore()
    {
        _workspace = new Workspace("FailClosed");
        _workspace.Add(new Project("App", "Console.cs", "Secret.cs", "Parser.cs", "Attack.cs"));
        CommandResult restore = _workspace.Build("restore", "App");
        Assert.That(restore.Succeeded, restore.ToString());
    }

    [SetUp]
    public void Clean()
    {
        foreach (string file in new[] { "Broken.cs", "FodyWeavers.xml" })
            File.Delete(Path.Combine(_workspace.Folder, "App", file));
        foreach (string folder in new[] { "bin", "obj/Debug" }.Select(f => Path.Combine(_workspace.Folder, "App", f)).Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void A_failed_weave_fails_build_and_publish_at_the_line_of_its_reason()
    {
        File.Copy(Repository.Program("Broken.cs"), Path.Combine(_workspace.Folder, "App", "Broken.cs"));
        AssertRefused(Build(), "Broken.cs(5,9): error MS3002: ");
        AssertRefused(_workspace.Build("publish", "App", "--no-build", "-c", "Debug"), "error MS4001: ");
    }

    [Test]
    public void A_skipped_weave_fails_the_build() => AssertRefused(Build("-p:DisableFody=true"), "error MS4001: ");

    [Test]
    public void A_missing_element_fails_the_build()
    {
        _workspace.Write("App/FodyWeavers.xml", "<Weavers></Weavers>");
        AssertRefused(Build(), "add <MemSentry /> as the last element of <Weavers>");
    }

    [Test]
    public void Another_method_weaves_again()
    {
        Assert.That(Build(), Has.Property(nameof(CommandResult.Succeeded)).True);
        Assert.That(_workspace.Run("App").Output, Does.Contain("MS7100"));
        Assert.That(Build("-p:MemSentryProtMethod=sfi"), Has.Property(nameof(CommandResult.Succeeded)).True);
        CommandResult masked = _workspace.Run("App");
        Assert.That(masked.Output, Does.Contain("MS7101"), masked.ToString());
        Assert.That(masked.Succeeded, Is.False, "a masked access ends the process");
    }

    [Test]
    public void Warnaserror_makes_an_error_of_a_warning_by_its_code()
    {
        CommandResult build = Build("-p:MemSentryWhitelistSection=nobody", "-warnaserror");
        Assert.That(build.Succeeded, Is.False, build.ToString());
        Assert.That(build.Output, Does.Contain("error MS3004: "));
    }

    [Test]
    public void NoWarn_hides_a_warning()
    {
        CommandResult build = Build("-p:MemSentryWhitelistSection=nobody", "-p:NoWarn=MS3004");
        Assert.That(build.Succeeded, build.ToString());
        Assert.That(build.Output, Does.Not.Contain("MS3004"));
    }

    private CommandResult Build(params IEnumerable<string> arguments) => _workspace.Build("build", "App", ["--no-restore", .. arguments]);

    private void AssertRefused(CommandResult build, string reason)
    {
        Assert.Multiple(() =>
        {
            Assert.That(build.Succeeded, Is.False, build.ToString());
            Assert.That(build.Output, Does.Contain(reason));
            Assert.That(File.Exists(_workspace.Output("App", "App.dll")), Is.False);
            Assert.That(File.Exists(_workspace.Output("App", "publish/App.dll")), Is.False);
        });
    }
}
