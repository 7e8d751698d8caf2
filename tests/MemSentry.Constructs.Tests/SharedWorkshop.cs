using MemSentry.Constructs.Building;

namespace MemSentry.Constructs.Tests;

/// <summary>The fixtures, compiled and woven once for all tests of this assembly.</summary>
[SetUpFixture]
public sealed class SharedWorkshop
{
    private static readonly Lazy<Workshop> Shared = new(() => new Workshop());

    /// <summary>The builds.</summary>
    public static Workshop Workshop => Shared.Value;

    [OneTimeTearDown]
    public void Remove()
    {
        if (Shared.IsValueCreated)
            Shared.Value.Dispose();
    }
}
