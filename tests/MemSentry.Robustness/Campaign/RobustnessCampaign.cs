using MemSentry.Robustness.Running;
using MemSentry.Robustness.Subjects;

namespace MemSentry.Robustness.Campaign;

/// <summary>Runs inputs through workers, as many as there are processors, and keeps what goes wrong.</summary>
/// <param name="inputs">How many.</param>
/// <param name="seed">Where the series begins.</param>
/// <param name="keep">A folder for inputs that go wrong, or null.</param>
internal sealed class RobustnessCampaign(int inputs, int seed, string? keep)
{
    /// <summary>Runs it.</summary>
    public CampaignResult Run()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("memsentry-robustness-");
        try
        {
            var series = new InputSeries(SubjectFactory.All(folder.FullName), seed);
            var wrong = new SortedDictionary<int, string>();
            int next = -1, woven = 0, proven = 0;
            Task[] workers = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(w => Task.Factory.StartNew(() => Work(w), TaskCreationOptions.LongRunning))];
            Task.WaitAll(workers);
            return new CampaignResult([.. wrong.Select(w => $"input {w.Key}: {w.Value}")], inputs, woven, proven);

            void Work(int worker)
            {
                using var process = new WorkerProcess();
                var trial = new Trial(Path.Combine(folder.FullName, $"worker{worker}"), process);
                for (int i = Interlocked.Increment(ref next); i < inputs; i = Interlocked.Increment(ref next))
                {
                    DamagedInput input = series[i];
                    TrialResult result = trial.Run(input);
                    lock (wrong)
                    {
                        woven += result.IsWoven ? 1 : 0;
                        proven += result.IsProven ? 1 : 0;
                        if (result.Failure is not null)
                            wrong.Add(i, result.Failure);
                    }

                    if (result.Failure is not null)
                        Keep(input);
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void Keep(DamagedInput input)
    {
        if (keep is null)
            return;
        Directory.CreateDirectory(keep);
        string file = Path.Combine(keep, $"{seed}-{input.Number}-{input.Subject.Name}.dll");
        File.WriteAllBytes(file, input.Image);
        if (input.Pdb is not null)
            File.WriteAllBytes(Path.ChangeExtension(file, ".pdb"), input.Pdb);
    }
}
