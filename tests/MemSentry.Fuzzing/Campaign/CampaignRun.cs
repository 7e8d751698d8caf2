namespace MemSentry.Fuzzing.Campaign;

/// <summary>Builds and runs batch after batch, one worker for each processor, until it is told to stop.</summary>
/// <param name="campaign">What to try.</param>
/// <param name="isOver">Whether to stop, by what was counted; asked before every batch.</param>
public sealed class CampaignRun(ICampaign campaign, Func<Tally, bool> isOver)
{
    private readonly Tally _tally = new();
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

    private void Work(string root, int number)
    {
        using IWorker worker = campaign.Start(root, number);
        while (!isOver(_tally))
        {
            Round round = worker.Run(Interlocked.Increment(ref _next) - 1);
            _tally.Add(round);
            Directory.Delete(Path.Combine(root, round.Batch.Name), recursive: true);
        }
    }
}
