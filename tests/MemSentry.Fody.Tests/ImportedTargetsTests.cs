using MemSentry.Fody.Tests.Infrastructure;

namespace MemSentry.Fody.Tests;

/// <summary>A project that lists the weaver for Fody, but does not import our targets.</summary>
[TestFixture]
internal sealed class ImportedTargetsTests
{
    [Test]
    public void The_weaver_refuses_to_run_without_them()
    {
        using var project = new WovenProject(items: $"""<WeaverFiles Include="{BuiltParts.WeaverFile}" />""");
        string file = Path.Combine(project.Folder, "App.csproj");
        project.Write("App.csproj", string.Join('\n', File.ReadLines(file).Where(l => !l.Contains("<Import", StringComparison.Ordinal))));
        project.Write("FodyWeavers.xml", "<Weavers><MemSentry /></Weavers>");

        CommandResult[] builds = [project.Build(), project.Build("--no-restore")];

        Assert.Multiple(() =>
        {
            Assert.That(builds, Has.All.Matches<CommandResult>(b => b is { Succeeded: false } && b.Output.Contains("MS4007", StringComparison.Ordinal)));
            Assert.That(File.Exists(project.Output()), Is.False);
        });
    }
}
