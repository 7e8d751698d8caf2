namespace MemSentry.Runtime.Tests;

public sealed unsafe class ConcurrencyTests
{
    private const int Threads = 8;

    [Test]
    public void Many_threads_never_see_each_others_bytes()
    {
        int live = MemSentryRuntime.Status.LiveRegions;

        InParallel(thread =>
        {
            var random = new Random(thread);
            var held = new Queue<(SafeRegion Region, byte Pattern)>();
            for (int round = 0; round < 3000; round++)
            {
                SafeRegion region = SafeRegion.Allocate((nuint)random.Next(1, round % 50 == 0 ? 20_000 : 600));
                if (region.Span.IndexOfAnyExcept((byte)0) >= 0)
                {
                    throw new AssertionException("A new region is not zero.");
                }

                var pattern = (byte)(thread * 31 + round);
                region.Span.Fill(pattern);
                held.Enqueue((region, pattern));
                while (held.Count > 20 || (round == 2999 && held.Count > 0))
                {
                    (SafeRegion oldest, byte expected) = held.Dequeue();
                    if (oldest.Span.IndexOfAnyExcept(expected) >= 0)
                    {
                        throw new AssertionException("Another thread wrote into this region.");
                    }

                    oldest.Dispose();
                }
            }
        });

        Assert.That(MemSentryRuntime.Status.LiveRegions, Is.EqualTo(live));
    }

    [Test]
    public void A_region_disposed_by_all_threads_at_once_is_released_once()
    {
        int live = MemSentryRuntime.Status.LiveRegions;
        SafeRegion[] regions = [.. Enumerable.Range(0, 500).Select(_ => SafeRegion.Allocate(48))];
        InParallel(_ => Array.ForEach(regions, region => region.Dispose()));

        Assert.That(MemSentryRuntime.Status.LiveRegions, Is.EqualTo(live));
    }

    [Test]
    public void A_reader_gets_the_regions_own_address_or_an_exception()
    {
        for (int round = 0; round < 20; round++)
        {
            SafeRegion region = SafeRegion.Allocate(5000);
            var expected = (ulong)region.Pointer;
            InParallel(thread =>
            {
                if (thread == 0)
                {
                    region.Dispose();
                    return;
                }

                try
                {
                    for (int i = 0; i < 1000; i++)
                    {
                        if ((ulong)region.Pointer != expected)
                        {
                            throw new AssertionException("The pointer leads to another region.");
                        }
                    }
                }
                catch (ObjectDisposedException)
                {
                    // The other of the two allowed answers.
                }
            });
        }
    }

    private static void InParallel(Action<int> body) =>
        Task.WaitAll([.. Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () => body(thread), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))]);
}
