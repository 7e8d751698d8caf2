using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>Tries batches of members, with one child for each way of the JIT.</summary>
internal sealed class MemberWorker(CampaignPlan plan, BatchBuilder builder, string root, int worker) : IWorker
{
    private readonly Dictionary<FuzzMode, RunnerProcess> _runners = FuzzMode.All.ToDictionary(m => m, m => new RunnerProcess(m, Path.Combine(root, $"position-{worker}-{m.Name}")));

    public Round Run(int number)
    {
        Batch batch = plan.Batch(number);
        BuiltBatch built = builder.Build(batch);
        return new(batch, built, _runners[batch.Mode].Run(built.Order), plan.First(number));
    }

    public void Dispose()
    {
        foreach (RunnerProcess runner in _runners.Values)
            runner.Dispose();
    }
}
