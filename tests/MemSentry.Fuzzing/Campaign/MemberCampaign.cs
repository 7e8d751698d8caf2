using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Generation.CSharp;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Shrinking;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>Random members under the methods that look at addresses.</summary>
/// <param name="plan">Which members, and how.</param>
/// <param name="engine">The weaver under test.</param>
public sealed class MemberCampaign(CampaignPlan plan, Engine engine) : ICampaign
{
    private readonly MemberCompiler _compiler = new();

    /// <inheritdoc/>
    public long Seed => plan.Seed;

    /// <inheritdoc/>
    public int BatchSize => plan.BatchSize;

    /// <inheritdoc/>
    public string Subject => "member";

    /// <inheritdoc/>
    public IWorker Start(string root, int worker) => new MemberWorker(plan, new BatchBuilder(_compiler, engine, root), root, worker);

    /// <inheritdoc/>
    public Kept Shrink(Discovery discovery, string root)
    {
        var batch = (Batch)discovery.Batch;
        using var trial = new Trial(new BatchBuilder(_compiler, engine, root), batch, discovery.Finding, root);
        Member small = new Shrinker<Member>(trial.Fail).Shrink(batch.Members[discovery.Finding.Member]);
        return new(new Regression(discovery.ToString(), small).ToString(), MemberText.Of(small, "M"));
    }
}
