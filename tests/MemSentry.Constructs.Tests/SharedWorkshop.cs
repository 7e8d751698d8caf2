using System.Collections.Concurrent;
using MemSentry.Attacks.Building;
using MemSentry.Attacks.Running;
using MemSentry.Constructs.Building;
using MemSentry.Constructs.Running;

namespace MemSentry.Constructs.Tests;

/// <summary>The fixtures, compiled, woven and run unwoven once for all tests of this assembly.</summary>
[SetUpFixture]
public sealed class SharedWorkshop
{
    private static readonly Lazy<Workshop> Shared = new(() => new Workshop());
    private static readonly ConcurrentDictionary<(BuildConfiguration, string, int, string), Lazy<string>> Unwoven = [];

    /// <summary>The builds.</summary>
    public static Workshop Workshop => Shared.Value;

    /// <summary>What the unwoven fixtures print.</summary>
    public static string Expected(BuildConfiguration configuration, ExecutionMode mode, int rounds = 1, string filter = "") =>
        Unwoven.GetOrAdd((configuration, mode.Name, rounds, filter), _ => new(() => ConstructProcess.Run(Workshop.Folder(Variant.Unwoven, configuration), isWoven: false, mode, rounds, filter))).Value;

    /// <summary>What the woven fixtures print. A stack trace names the member that holds the body of a gate; its suffix is left out.</summary>
    public static string Actual(Variant variant, BuildConfiguration configuration, ExecutionMode mode, int rounds = 1, string filter = "") =>
        ConstructProcess.Run(Workshop.Folder(variant, configuration), isWoven: true, mode, rounds, filter).Replace("|MemSentryTwin", "", StringComparison.Ordinal);

    [OneTimeTearDown]
    public void Remove()
    {
        if (Shared.IsValueCreated)
            Shared.Value.Dispose();
    }
}
