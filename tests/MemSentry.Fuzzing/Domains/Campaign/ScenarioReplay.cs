using MemSentry.Attacks.Building;
using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Domains.Building;
using MemSentry.Fuzzing.Domains.Running;
using MemSentry.Fuzzing.Domains.Tree;
using MemSentry.Fuzzing.Judging;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Domains.Campaign;

/// <summary>Runs scenarios in every way.</summary>
public static class ScenarioReplay
{
    /// <summary>What is wrong with them.</summary>
    public static IEnumerable<Finding> Run(IReadOnlyList<Scenario> scenarios, string root, params IReadOnlyList<BuildConfiguration> configurations)
    {
        var builder = new DomainBatchBuilder(Engine.Own, root);
        using var runners = new DomainRunners(Path.Combine(root, "position"), host: null);
        foreach ((BuildConfiguration configuration, IReadOnlyList<DomainArm> arms) in configurations.SelectMany(c => DomainMethod.All.SelectMany(DomainArm.Of).Select(a => (c, a))))
        {
            var batch = new DomainBatch($"Replay{configuration}{arms[0].Name}", configuration, arms[0].Method, arms, FuzzMode.TierZero, scenarios);
            BuiltBatch built = builder.Build(batch);
            foreach (Finding finding in built.Findings)
                yield return finding with { Situation = $"{configuration}" };
            foreach ((FuzzMode mode, Finding finding) in FuzzMode.All.SelectMany(m => runners.Run(batch with { Mode = m }, built.Order).Findings.Select(f => (m, f))))
                yield return finding with { Situation = $"{configuration}, {mode.Name}" };
        }
    }
}
