namespace MemSentry.Attacks.Running;

/// <summary>How the JIT and the garbage collector of a child are set up.</summary>
/// <param name="Name">As reports show it.</param>
/// <param name="Environment">Settings of the runtime.</param>
public sealed record ExecutionMode(string Name, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>As shipped.</summary>
    public static ExecutionMode Default { get; } = new("default", new Dictionary<string, string>());

    /// <summary>Everything optimised at once.</summary>
    public static ExecutionMode Optimised { get; } = Of("TieredCompilation=0", ("DOTNET_TieredCompilation", "0"));

    /// <summary>Loops start unoptimised and are replaced while they run.</summary>
    public static ExecutionMode OnStackReplacement { get; } = Of(
        "TieredPGO=0, TC_QuickJitForLoops=1",
        ("DOTNET_TieredPGO", "0"),
        ("DOTNET_TC_QuickJitForLoops", "1"),
        ("DOTNET_TC_OnStackReplacement", "1"));

    /// <summary>No precompiled framework code.</summary>
    public static ExecutionMode NoPrecompiledCode { get; } = Of("ReadyToRun=0", ("DOTNET_ReadyToRun", "0"));

    /// <summary>A garbage collection at every allocation and at every transition to native code.</summary>
    public static ExecutionMode GarbageCollectionStress { get; } = Of("GCStress=3", ("DOTNET_GCStress", "3"));

    private static ExecutionMode Of(string name, params (string Key, string Value)[] settings) =>
        new(name, settings.ToDictionary(s => s.Key, s => s.Value));
}
