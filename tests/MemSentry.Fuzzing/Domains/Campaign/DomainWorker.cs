using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Campaign;
using MemSentry.Fuzzing.Domains.Building;
using MemSentry.Fuzzing.Domains.Running;

namespace MemSentry.Fuzzing.Domains.Campaign;

/// <summary>Tries batches of scenarios.</summary>
internal sealed class DomainWorker(DomainPlan plan, DomainBatchBuilder builder, DomainRunners runners) : IWorker
{
    public Round Run(int number)
    {
        DomainBatch batch = plan.Batch(number);
        BuiltBatch built = builder.Build(batch);
        return new(batch, built, runners.Run(batch, built.Order), plan.First(number));
    }

    public void Dispose() => runners.Dispose();
}
