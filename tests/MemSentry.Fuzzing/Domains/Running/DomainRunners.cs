using System.Globalization;
using MemSentry.Fuzzing.Domains.Building;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Domains.Running;

/// <summary>The children that run scenarios: the unwoven ones in a process where nothing is closed, the woven ones in one of their method.</summary>
/// <param name="positionFiles">How the names of their files begin.</param>
/// <param name="host">The program that they are; null for this one.</param>
public sealed class DomainRunners(string positionFiles, string? host) : IDisposable
{
    private const int MostChildren = 6;
    private readonly Dictionary<(FuzzMode, DomainMethod), RunnerProcess> _runners = [];

    /// <summary>Runs a batch, first unwoven.</summary>
    /// <exception cref="InvalidOperationException">A runner cannot run at all.</exception>
    public RunAnswer Run(DomainBatch batch, RunOrder order)
    {
        RunAnswer unwoven = Runner(batch.Mode, DomainMethod.None).Run(order with { Woven = [] });
        RunAnswer woven = Runner(batch.Mode, batch.Method).Run(order);
        return woven with { Broken = unwoven.Broken };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RunnerProcess runner in _runners.Values)
            runner.Dispose();
        _runners.Clear();
    }

    private RunnerProcess Runner(FuzzMode mode, DomainMethod method)
    {
        if (_runners.TryGetValue((mode, method), out RunnerProcess? known))
            return known;
        if (_runners.Count >= MostChildren)
            Dispose();
        RunnerProgram program = new("windows", method.Name) { Fallback = method.Stand };
        RunnerProcess runner = new(mode, string.Create(CultureInfo.InvariantCulture, $"{positionFiles}-{mode.Name}-{method.Name}"), host is null ? program : program with { Host = host });
        _runners.Add((mode, method), runner);
        return runner;
    }
}
