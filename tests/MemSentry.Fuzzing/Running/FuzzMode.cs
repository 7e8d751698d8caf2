using MemSentry.Attacks.Running;

namespace MemSentry.Fuzzing.Running;

/// <summary>How the JIT of a runner works.</summary>
/// <param name="Name">As reports show it.</param>
/// <param name="Execution">Settings of the runtime.</param>
public sealed record FuzzMode(string Name, ExecutionMode Execution)
{
    /// <summary>Nothing is optimised, and nothing is compiled again.</summary>
    public static FuzzMode TierZero { get; } = Of("tier-0", ("DOTNET_TC_CallCounting", "0"), ("DOTNET_TC_OnStackReplacement", "0"), ("DOTNET_TieredPGO", "0"));

    /// <summary>Everything is optimised.</summary>
    public static FuzzMode Optimised { get; } = Of("optimised", ("DOTNET_TieredCompilation", "0"));

    /// <summary>Every loop is replaced while it runs: after its first round.</summary>
    public static FuzzMode OnStackReplacement { get; } = Of(
        "osr",
        ("DOTNET_TC_OnStackReplacement", "1"),
        ("DOTNET_TC_OnStackReplacement_InitialCounter", "1"),
        ("DOTNET_OSR_HitLimit", "1"),
        ("DOTNET_TieredPGO", "0"));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzMode> All { get; } = [TierZero, Optimised, OnStackReplacement];

    private static FuzzMode Of(string name, params (string Key, string Value)[] settings) =>
        new(name, new ExecutionMode(name, settings.ToDictionary(s => s.Key, s => s.Value)));
}
