using MemSentry.Attacks.Building;

namespace MemSentry.Attacks.Tests;

/// <summary>The fixtures, compiled and woven once for all tests of this assembly.</summary>
[SetUpFixture]
public sealed class SharedStage
{
    private static Stage? _stage;

    /// <summary>The builds.</summary>
    public static Stage Stage => _stage ??= new Stage();

    [OneTimeTearDown]
    public void Remove() => _stage?.Dispose();
}
