using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>Builds and runs batch after batch, one worker for each processor, until it is told to stop.</summary>
/// <param name="plan">What to try.</param>
/// <param name="engine">The weaver under test.</param>
/// <param name="isOver">Whether to stop, by what was counted; asked before every batch.</param>
public sealed class CampaignRun(CampaignPlan plan, Engine engine, Func<Tally, bool> isOver)
{
    private readonly Tally _tally = new();
    private readonly MemberCompiler _compiler = new();
    private int _next;

    /// <summary>Runs.</summary>
    /// <param name="workers">How many batches are under way at a time.</param>
    /// <exception cref="InvalidOperationException">A runner cannot run at all.</exception>
    public Tally Run(int workers)
    {
        string root = Directory.CreateTempSubdirectory("memsentry-fuzzing-").FullName;
        try
        {
            Task[] tasks = [.. Enumerable.Range(0, workers).Select(i => Task.Factory.StartNew(() => Work(root, i), TaskCreationOptions.LongRunning))];
            Task.WaitAll(tasks);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }

        return _tally;
    }

    private void Work(string root, int worker)
    {
        var builder = new BatchBuilder(_compiler, engine, root);
        Dictionary<FuzzMode, RunnerProcess> runners = FuzzMode.All.ToDictionary(m => m, m => new RunnerProcess(m, Path.Combine(root, $"position-{worker}-{m.Name}")));
        try
        {
            while (!isOver(_tally))
            {
                int number = Interlocked.Increment(ref _next) - 1;
                Batch batch = plan.Batch(number);
                BuiltBatch built = builder.Build(batch);
                RunAnswer answer = runners[batch.Mode].Run(built.Order);
                _tally.Add(batch, built, answer, plan.First(number));
                Directory.Delete(Path.Combine(root, batch.Name), recursive: true);
            }
        }
        finally
        {
            foreach (RunnerProcess runner in runners.Values)
                runner.Dispose();
        }
    }
}
