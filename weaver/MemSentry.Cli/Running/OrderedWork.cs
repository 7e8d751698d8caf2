using MemSentry.Cli.Output;

namespace MemSentry.Cli.Running;

/// <summary>Works on many items at a time and hands the results out in the order of the items, so that a run says the same whatever finishes first.</summary>
/// <param name="workers">How many items at a time.</param>
/// <param name="progress">Shows how far it is.</param>
internal sealed class OrderedWork(int workers, ProgressBar progress)
{
    // As much as the main thread has by default on Linux: reading metadata is recursive.
    private const int StackSize = 8 << 20;

    /// <summary>Does the work. What a worker throws comes out where its result would.</summary>
    public IEnumerable<TResult> Each<TItem, TResult>(IReadOnlyList<TItem> items, string doing, Func<TItem, string> name, Func<TItem, TResult> work)
    {
        TaskCompletionSource<TResult>?[] results = [.. items.Select(_ => new TaskCompletionSource<TResult>())];
        int next = -1;
        progress.Start(doing, items.Count);
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(workers, items.Count)).Select(_ => new Thread(Work, StackSize) { IsBackground = true })];
        foreach (Thread thread in threads)
            thread.Start();

        try
        {
            for (int i = 0; i < results.Length; i++)
            {
                TResult result = results[i]!.Task.GetAwaiter().GetResult();
                results[i] = null;
                yield return result;
            }
        }
        finally
        {
            progress.End();
        }

        void Work()
        {
            for (int i = Interlocked.Increment(ref next); i < items.Count; i = Interlocked.Increment(ref next))
            {
                TaskCompletionSource<TResult> promise = results[i]!;
                try
                {
                    TResult result = work(items[i]);
                    progress.Done(name(items[i]));
                    promise.SetResult(result);
                }
                catch (Exception e)
                {
                    promise.SetException(e);
                }
            }
        }
    }
}
