using MemSentry.Fody.Tests.Infrastructure;

namespace MemSentry.Fody.Tests;

/// <summary>Each target framework has settings, stamp and diagnostics of its own in its own folder.</summary>
[TestFixture]
internal sealed class MultiTargetingTests
{
    [Test]
    public void Every_framework_is_woven()
    {
        using var project = new WovenProject(
            "<TargetFramework /><TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks><EnableWindowsTargeting>true</EnableWindowsTargeting>"
            // Its reference pack is nothing that a restore of the solution brings along.
            + "<DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>"
            + "<MemSentryRw Condition=\"'$(TargetFramework)' == 'net10.0-windows'\">w</MemSentryRw>");
        Assert.That(project.Build(), Says.Woven);
        Assert.Multiple(() =>
        {
            Assert.That(WovenProject.StampOf(project.Output())?.Settings, Does.Contain("Rw=rw;"));
            Assert.That(WovenProject.StampOf(project.Output(framework: "net10.0-windows"))?.Settings, Does.Contain("Rw=w;"));
        });
    }
}
