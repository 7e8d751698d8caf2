using MemSentry.Packages.Tests.Infrastructure;

namespace MemSentry.Packages.Tests;

/// <summary>All tests install the same three packages.</summary>
[SetUpFixture]
internal sealed class PackedOnce
{
    [OneTimeSetUp]
    public void Pack()
    {
        CommandResult pack = Feed.Pack(Feed.Folder);
        Assert.That(pack.Succeeded, pack.ToString());
    }

    [OneTimeTearDown]
    public void Remove() => Feed.Remove();
}
