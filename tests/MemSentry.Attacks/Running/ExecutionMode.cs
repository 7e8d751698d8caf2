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

    /// <summary>
    /// A garbage collection at every transition between managed and native code. Not at every allocation as well (GCStress=3): the child that takes half a
    /// second with this then takes from 20 seconds to many minutes, which is no test of ours but of the machine.
    /// </summary>
    public static ExecutionMode GarbageCollectionStress { get; } = Of("GCStress=2", ("DOTNET_GCStress", "2"), ("DOTNET_gcConcurrent", "0"));

    private static ExecutionMode Of(string name, params (string Key, string Value)[] settings) =>
        new(name, settings.ToDictionary(s => s.Key, s => s.Value));

    /// <summary>
    /// The same for a process that forks: nothing is compiled in the background, so that a fork does not find another thread at work (settings are
    /// hexadecimal), and code memory is not mapped twice, because the second mapping would be shared with the forks.
    /// </summary>
    public ExecutionMode WithForks() => this with
    {
        Environment = new Dictionary<string, string>(Environment)
        {
            ["DOTNET_TC_CallCountingDelayMs"] = "7fffffff",
            ["DOTNET_EnableWriteXorExecute"] = "0",
            ["DOTNET_EnableDiagnostics"] = "0",
        },
    };
}
