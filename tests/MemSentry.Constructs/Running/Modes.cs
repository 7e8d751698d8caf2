using MemSentry.Attacks.Running;

namespace MemSentry.Constructs.Running;

/// <summary>How the JIT compiles: without optimisation first (the default), all at once, in the middle of a loop, or over and over.</summary>
public static class Modes
{
    /// <summary>Every loop is replaced while it runs: after its first round.</summary>
    public static ExecutionMode EarlyReplacement { get; } = new(
        "on-stack replacement at once",
        new Dictionary<string, string>
        {
            ["DOTNET_TC_OnStackReplacement"] = "1",
            ["DOTNET_TC_OnStackReplacement_InitialCounter"] = "1",
            ["DOTNET_OSR_HitLimit"] = "1",
            ["DOTNET_TieredPGO"] = "0",
        });

    /// <summary>Every member that is called twice is compiled again, with what was learnt of it.</summary>
    public static ExecutionMode EarlyPromotion { get; } = new(
        "tier 1 at once",
        new Dictionary<string, string>
        {
            ["DOTNET_TieredPGO"] = "1",
            ["DOTNET_TC_CallCountThreshold"] = "2",
            ["DOTNET_TC_CallCountingDelayMs"] = "0",
            ["DOTNET_TC_BackgroundWorkerTimeoutMs"] = "0",
        });

    /// <summary>As shipped; where there are no protection keys, another method opens the windows of gates that were made for them.</summary>
    public static ExecutionMode StandIn(string method) => new($"{method} stands in", new Dictionary<string, string> { ["MEMSENTRY_FALLBACK"] = method });

    /// <summary>All of them but the default.</summary>
    public static IReadOnlyList<ExecutionMode> Other { get; } = [ExecutionMode.Optimised, EarlyReplacement, EarlyPromotion, ExecutionMode.NoPrecompiledCode];
}
