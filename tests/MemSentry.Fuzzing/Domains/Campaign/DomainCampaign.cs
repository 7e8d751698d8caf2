using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Campaign;
using MemSentry.Fuzzing.Domains.Building;
using MemSentry.Fuzzing.Domains.CSharp;
using MemSentry.Fuzzing.Domains.Running;
using MemSentry.Fuzzing.Domains.Shrinking;
using MemSentry.Fuzzing.Domains.Tree;
using MemSentry.Fuzzing.Shrinking;

namespace MemSentry.Fuzzing.Domains.Campaign;

/// <summary>Random scenarios under the methods that open and close regions.</summary>
/// <param name="plan">Which scenarios, and how.</param>
/// <param name="engine">The weaver under test.</param>
/// <param name="sabotage">What is broken on purpose; nothing, if nobody says otherwise.</param>
public sealed class DomainCampaign(DomainPlan plan, Engine engine, Sabotage? sabotage = null) : ICampaign
{
    /// <inheritdoc/>
    public long Seed => plan.Seed;

    /// <inheritdoc/>
    public int BatchSize => plan.BatchSize;

    /// <inheritdoc/>
    public string Subject => "scenario";

    /// <inheritdoc/>
    public IWorker Start(string root, int worker) => new DomainWorker(plan, Builder(root), new DomainRunners(Path.Combine(root, $"position-{worker}"), sabotage?.Host));

    /// <inheritdoc/>
    public Kept Shrink(Discovery discovery, string root)
    {
        var batch = (DomainBatch)discovery.Batch;
        using var trial = new ScenarioTrial(Builder(root), batch, discovery.Finding, new DomainRunners(Path.Combine(root, "position-trial"), sabotage?.Host));
        Scenario small = new Shrinker<Scenario>(trial.Fail).Shrink(batch.Scenarios[discovery.Finding.Member]);
        return new(new ScenarioRegression(discovery.ToString(), small).ToString(), ScenarioText.Of(small, "S"));
    }

    private DomainBatchBuilder Builder(string root) => new(engine, root, sabotage?.Change);
}
