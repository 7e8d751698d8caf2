using System.Text.RegularExpressions;
using MemSentry.Packages.Tests.Infrastructure;

namespace MemSentry.Packages.Tests;

/// <summary>A program and its dependencies are woven in every form that publish has. One solution, published once.</summary>
[TestFixture]
internal sealed class PublishTests
{
    private const string Common = "<RuntimeIdentifier>linux-x64</RuntimeIdentifier><MemSentryWeaveDependencies>true</MemSentryWeaveDependencies>";
    private Workspace _workspace = null!;

    [OneTimeSetUp]
    public void Publish()
    {
        _workspace = new Workspace("Published");
        _workspace.Add(Shipped.Library);
        _workspace.AddSolution("All",
            Shipped.Program("Trimmed", Common + "<SelfContained>true</SelfContained><PublishTrimmed>true</PublishTrimmed>"),
            Shipped.Program("SingleFile", Common + "<SelfContained>false</SelfContained><PublishSingleFile>true</PublishSingleFile>"),
            Shipped.Program("OneFileMasked", Common + "<SelfContained>false</SelfContained><PublishSingleFile>true</PublishSingleFile><MemSentryProtMethod>sfi</MemSentryProtMethod>"),
            Shipped.Program("OneFileClosed", Common + "<SelfContained>false</SelfContained><PublishSingleFile>true</PublishSingleFile><MemSentryProtMethod>mprotect</MemSentryProtMethod>"),
            Shipped.Program("OneFileEncrypted", Common + "<SelfContained>true</SelfContained><PublishSingleFile>true</PublishSingleFile><MemSentryProtMethod>crypt</MemSentryProtMethod>"),
            Shipped.Program("ReadyToRun", Common + "<SelfContained>true</SelfContained><PublishReadyToRun>true</PublishReadyToRun>"));
        RequirePacks(_workspace.Build("restore", "All.slnx"));
        CommandResult publish = _workspace.Build("publish", "All.slnx", "--no-restore");
        Assert.That(publish.Succeeded, publish.ToString());
        Assert.That(publish.Output, Does.Not.Contain("Assembly 'MemSentry"), "no trim warnings of ours");
    }

    [TestCase("Trimmed")]
    [TestCase("SingleFile")]
    [TestCase("ReadyToRun")]
    public void Wild_reads_of_program_and_dependency_are_blocked(string project)
    {
        CommandResult run = Command.Run(_workspace.Folder, Published(project, project));
        Assert.That(run.Succeeded, run.ToString());
        Assert.That(run.Output.Split('\n'), Has.Some.EqualTo("own code reads 42")
            .And.Some.StartsWith("own: MS7100").And.Some.StartsWith("dependency: MS7100").And.Some.EqualTo("package: b"));
    }

    /// <summary>In one file, assemblies have no place: the framework's are told by their keys, and nobody is warned of them.</summary>
    [TestCase("SingleFile")]
    [TestCase("ReadyToRun")]
    public void The_framework_is_told_from_what_ought_to_be_woven(string project) =>
        Assert.That(Command.Run(_workspace.Folder, Published(project, project)).Output.Split('\n'), Has.Some.EqualTo("unwoven: none"));

    [TestCase("OneFileMasked", "MS7101: ")]
    [TestCase("OneFileClosed", "MS7102: ")]
    public void A_single_file_is_ended_by_the_other_methods(string project, string code)
    {
        CommandResult run = Command.Run(_workspace.Folder, Published(project, project));
        Assert.That(run.ExitCode, Is.EqualTo(134), run.ToString());
        Assert.That(run.Output, Does.Contain("own code reads 42").And.Contain(code).And.Contain("inside the safe region 'secret'"));
    }

    [Test]
    public void A_single_file_encrypts()
    {
        CommandResult run = Command.Run(_workspace.Folder, Published("OneFileEncrypted", "OneFileEncrypted"));
        Assert.That(run.Succeeded, run.ToString());
        Assert.That(run.Output.Split('\n'), Has.Some.EqualTo("own code reads 42").And.Some.Match("^own: read [0-9]+$").And.Some.EqualTo("unwoven: none"));
    }

    // The package's throw helper is trimmed away with all that would have called it, so there is nothing to prove of the package.
    [TestCase("Trimmed", "Trimmed.dll", "Codec.dll")]
    [TestCase("ReadyToRun", "ReadyToRun.dll", "Codec.dll", "CommunityToolkit.HighPerformance.dll")]
    public void The_verifier_accepts_what_was_published(string project, params string[] files) =>
        Shipped.Verify(_workspace, Path.GetDirectoryName(Published(project, project))!, files);

    [Test]
    public void A_single_file_has_no_assemblies_beside_it() =>
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(Published("SingleFile", "SingleFile"))!, "*.dll"), Is.Empty);

    private string Published(string project, string file) => _workspace.Output(project, Path.Combine("linux-x64", "publish", file), "Release");

    // The SDK fetches these packages by itself; without a network and without them nothing can be published in these forms.
    private static void RequirePacks(CommandResult restore)
    {
        Match missing = Regex.Match(restore.Output, @"error (NU1100|NU1101|NU1102|NU1301): .*");
        if (missing.Success)
            Assert.Ignore($"The packages that publishing needs cannot be restored here: {missing.Value}");
        Assert.That(restore.Succeeded, restore.ToString());
    }
}
