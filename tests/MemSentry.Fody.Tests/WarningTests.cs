using MemSentry.Fody.Tests.Infrastructure;

namespace MemSentry.Fody.Tests;

/// <summary>Warnings of a weave are warnings to MSBuild: with their code, and under the user's switches.</summary>
[TestFixture]
internal sealed class WarningTests
{
    // No member is in this section: MS3004.
    private const string Section = "-p:MemSentryWhitelistSection=nobody";
    private WovenProject _project = null!;

    [OneTimeSetUp]
    public void Create()
    {
        _project = new WovenProject();
        Assert.That(Command.Dotnet(_project.Folder, "restore").Succeeded);
    }

    [OneTimeTearDown]
    public void Remove() => _project.Dispose();

    [Test]
    public void It_is_a_warning_by_default() =>
        Assert.That(Rebuild(), Is.EqualTo((0, "warning")));

    [Test]
    public void NoWarn_hides_it() =>
        Assert.That(Rebuild("-p:NoWarn=MS3004"), Is.EqualTo((0, "")));

    [Test]
    public void Warnaserror_makes_it_an_error() =>
        Assert.That(Rebuild("-warnaserror"), Is.EqualTo((1, "error")));

    [Test]
    public void TreatWarningsAsErrors_makes_it_an_error_again_and_again()
    {
        Assert.That(Rebuild("-p:TreatWarningsAsErrors=true"), Is.EqualTo((1, "error")));
        Assert.That(Kind(_project.Build("--no-restore", Section, "-p:TreatWarningsAsErrors=true")), Is.EqualTo((1, "error")));
    }

    [Test]
    public void WarningsNotAsErrors_keeps_it_a_warning() =>
        Assert.That(Rebuild("-p:TreatWarningsAsErrors=true", "-p:WarningsNotAsErrors=MS3004"), Is.EqualTo((0, "warning")));

    private (int ExitCode, string Kind) Rebuild(params IEnumerable<string> switches) =>
        Kind(_project.Build(["--no-restore", "-t:Rebuild", Section, .. switches]));

    private static (int ExitCode, string Kind) Kind(CommandResult build) => (build.ExitCode,
        build.Output.Contains("warning MS3004: ", StringComparison.Ordinal) ? "warning"
        : build.Output.Contains("error MS3004: ", StringComparison.Ordinal) ? "error" : "");
}
