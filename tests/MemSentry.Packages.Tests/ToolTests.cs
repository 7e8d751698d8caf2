using MemSentry.Packages.Tests.Infrastructure;

namespace MemSentry.Packages.Tests;

/// <summary>The command-line tool, as it is installed.</summary>
[TestFixture]
internal sealed class ToolTests
{
    [Test]
    public void It_weaves_an_assembly_that_is_already_built_and_proves_it()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Feed.Workspaces, "Woven")).FullName;
        string unwoven = Path.Combine(AppContext.BaseDirectory, "MemSentry.Packages.Tests.dll");

        CommandResult before = InstalledTool.Run(folder, "verify", unwoven);
        CommandResult weave = InstalledTool.Run(folder, "weave", unwoven, "--output", folder);
        CommandResult verify = InstalledTool.Run(folder, "verify", Path.Combine(folder, Path.GetFileName(unwoven)), "--reference", AppContext.BaseDirectory);

        Assert.Multiple(() =>
        {
            Assert.That(before.ExitCode, Is.EqualTo(1), before.ToString());
            Assert.That(weave.Succeeded, weave.ToString());
            Assert.That(verify.Succeeded, verify.ToString());
        });
    }

    [Test]
    public void It_tells_what_the_machine_supports() =>
        Assert.That(InstalledTool.Run(Feed.Workspaces, "doctor").Output, Does.Contain("mpx"));
}
