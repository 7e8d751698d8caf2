using MemSentry.Fody.Tests.Infrastructure;

namespace MemSentry.Fody.Tests;

/// <summary>However a weave fails or is skipped: no build and no publish succeeds, and nothing unwoven is delivered.</summary>
[TestFixture]
internal sealed class FailClosedTests
{
    // Line 5, column 9: a marker that no access follows.
    private const string Broken = """
        static class Broken
        {
            static void Nothing()
            {
                MemSentry.MemSentryMarkers.SafeRegionAccess();
            }
        }
        """;

    private WovenProject _project = null!;

    [SetUp]
    public void Create() => _project = new WovenProject();

    [TearDown]
    public void Remove() => _project.Dispose();

    [Test]
    public void A_weave_that_fails_fails_every_build_and_publish_until_it_is_fixed()
    {
        _project.Write("Broken.cs", Broken);
        Assert.Multiple(() =>
        {
            Assert.That(_project.Build("-c", "Release"), Says.Error("MS3002", "Broken.cs(5,9): error MS3002"));
            Assert.That(_project.Build("-c", "Release", "--no-restore"), Says.Error("MS3002"), "the sources did not change");
            Assert.That(_project.Publish("--no-restore"), Says.Error("MS3002"));
            Assert.That(_project.Publish("--no-build"), Says.Error("MS4001"));
            AssertNothingDelivered();
        });

        _project.Delete("Broken.cs");
        Assert.That(_project.Publish("--no-restore"), Says.Woven, "no clean is needed");
        Assert.That(WovenProject.StampOf(_project.Published()), Is.Not.Null);
    }

    [Test]
    public void A_disabled_Fody_fails_build_and_publish()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_project.Build("-c", "Release", "-p:DisableFody=true"), Says.Error("MS4001", "DisableFody"));
            Assert.That(_project.Publish("--no-restore", "-p:DisableFody=true"), Says.Error("MS4001", "DisableFody"));
            Assert.That(_project.Build("-c", "Release", "--no-restore", "-p:DesignTimeBuild=true"), Says.Error("MS4001"), "Fody skips that, too");
            Assert.That(_project.Publish("--no-build"), Says.Error("MS4001"), "what the disabled build left in obj");
            AssertNothingDelivered();
        });

        Assert.That(_project.Publish("--no-restore"), Says.Woven);
    }

    [Test]
    public void An_unwoven_assembly_is_not_published_packed_or_kept_however_it_came_about()
    {
        Assert.That(_project.Publish(), Says.Woven);
        byte[] unwoven = File.ReadAllBytes(Path.Combine(_project.Folder, "obj", "Release", "net10.0", "refint", "App.dll"));
        File.WriteAllBytes(_project.Intermediate("Release"), unwoven);
        File.WriteAllBytes(_project.Output("Release"), unwoven);
        Assert.Multiple(() =>
        {
            Assert.That(_project.Publish("--no-build"), Says.Error("MS4001"));
            Assert.That(_project.Pack("--no-build"), Says.Error("MS4001"));
            Assert.That(Directory.GetFiles(_project.Folder, "*.nupkg", SearchOption.AllDirectories), Is.Empty);
            Assert.That(WovenProject.StampOf(_project.Published()), Is.Not.Null, "the published one is still the woven one");
        });

        Assert.That(_project.Build("--no-restore", "-c", "Release"), Says.Woven, "the next build notices");
        Assert.That(WovenProject.StampOf(_project.Output("Release")), Is.Not.Null);
    }

    [Test]
    public void A_publish_without_a_build_wants_the_settings_in_force()
    {
        Assert.That(_project.Build("-c", "Release"), Says.Woven);
        Assert.That(_project.Publish("--no-build", "-p:MemSentryRw=w"), Says.Error("MS4001", "Rw=rw;"));
        Assert.That(File.Exists(_project.Published()), Is.False);
    }

    private void AssertNothingDelivered()
    {
        Assert.That(File.Exists(_project.Output("Release")), Is.False);
        Assert.That(File.Exists(_project.Published()), Is.False);
    }
}
