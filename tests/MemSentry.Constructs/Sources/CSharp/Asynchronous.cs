namespace Constructs;

/// <summary>State machines: locals become fields, bodies are cut into pieces, handlers are nested in handlers.</summary>
public static class Asynchronous
{
    public static async Task<string> Awaits()
    {
        nint memory = Memory(1, 2, 3, 4);
        int sum = 0;
        for (int i = 0; i < 4; i++)
        {
            unsafe
            {
                sum += ((int*)memory)[i];
                ((int*)memory)[i] = -sum;
            }

            await Task.Yield();
        }

        unsafe
        {
            int* p = (int*)memory;
            return Show.All(sum, p[0], p[1], p[2], p[3]);
        }
    }

    public static async Task<string> AwaitsInHandlers()
    {
        nint memory = Memory(7, 0, 0, 0);
        var log = new List<int>();
        try
        {
            try
            {
                await Task.Yield();
                unsafe { log.Add(*(int*)memory); }
                throw new InvalidOperationException("x");
            }
            catch (InvalidOperationException e) when (Matches(memory, e))
            {
                await Task.Yield();
                unsafe { ((int*)memory)[1] = *(int*)memory + 1; }
                throw;
            }
            finally
            {
                await Task.Yield();
                unsafe { log.Add(((int*)memory)[1]++); }
            }
        }
        catch (Exception e)
        {
            unsafe { log.Add(((int*)memory)[1]); }
            await Task.CompletedTask;
            return Show.All(log, e.Message);
        }
    }

    public static async Task<string> AsyncIterator()
    {
        var log = new List<string>();
        await foreach (string s in Numbers(Memory(5, 6, 7, 8), 4).WithCancellation(CancellationToken.None))
            log.Add(s);
        return Show.All(log);
    }

    public static async Task<string> AsyncIteratorDisposedEarly()
    {
        nint memory = Memory(5, 6, 7, 8);
        await foreach (string s in Numbers(memory, 4))
        {
            if (s.StartsWith('6'))
                break;
        }

        unsafe { return Show.All(((int*)memory)[0], ((int*)memory)[1], ((int*)memory)[2], ((int*)memory)[3]); }
    }

    public static async Task<string> ValueTasksAndLambdas()
    {
        nint memory = Memory(3, 4, 5, 6);
        Func<int, ValueTask<int>> read = async i =>
        {
            await Task.Yield();
            unsafe { return ((int*)memory)[i]; }
        };
        return Show.All(await read(0), await read(3), await Generic<int>(memory), await Generic<long>(memory), await new Immediate(memory));
    }

    public static async Task<string> SpansBetweenAwaits()
    {
        nint memory = Memory(1, 2, 3, 4);
        await Task.Yield();
        int total = Sum(Over(memory, 4));
        await Task.Yield();
        ReadOnlySpan<int> span = Over(memory, 4)[1..];
        ref int first = ref Reference(memory);
        first += 10;
        total += span[0] + span[^1] + first;
        return Show.All(total, await Nested(memory));
    }

    public static async Task<string> NullInAsync()
    {
        try
        {
            await Task.Yield();
            unsafe { return Show.All(*(int*)Raw.Null()); }
        }
        catch (NullReferenceException)
        {
            await Task.Yield();
            return "null";
        }
    }

    public static async Task<string> Using()
    {
        nint memory = Memory(1, 0, 0, 0);
        await using (new Resource(memory))
        using (new Resource(memory))
            unsafe { *(int*)memory *= 5; }
        unsafe { return Show.All(*(int*)memory); }
    }

    private static async IAsyncEnumerable<string> Numbers(nint memory, int count, [EnumeratorCancellation] CancellationToken token = default)
    {
        try
        {
            for (int i = 0; i < count; i++)
            {
                string text;
                unsafe
                {
                    Span<int> scratch = stackalloc int[2];
                    scratch[0] = ((int*)memory)[i];
                    int* p = (int*)memory + i;
                    scratch[1] = (*p)++;
                    text = $"{scratch[0]}/{scratch[1]}/{*p}";
                }

                yield return text;
                await Task.Yield();
                token.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await Task.Yield();
            unsafe { *(int*)memory = 99; }
        }
    }

    private static async Task<string> Nested(nint memory)
    {
        try
        {
            return await Inner(memory, 0) + await Inner(memory, 1);
        }
        finally
        {
            unsafe { ((int*)memory)[0] = 0; }
        }

        static async Task<string> Inner(nint m, int i)
        {
            await Task.Yield();
            unsafe { return ((int*)m)[i].ToString(CultureInfo.InvariantCulture); }
        }
    }

    private static async Task<T> Generic<T>(nint memory) where T : unmanaged
    {
        await Task.Yield();
        unsafe { return ((T*)memory)[1]; }
    }

    private static unsafe bool Matches(nint memory, Exception e) => *(int*)memory == 7 && e.Message.Length == 1;

    private static unsafe nint Memory(params ReadOnlySpan<int> values) => (nint)Raw.Of(values);

    private static unsafe Span<int> Over(nint memory, int length) => new((void*)memory, length);

    private static unsafe ref int Reference(nint memory) => ref *(int*)memory;

    private static int Sum(ReadOnlySpan<int> values)
    {
        int sum = 0;
        foreach (int value in values)
            sum += value;
        return sum;
    }

    private readonly struct Immediate(nint memory)
    {
        public Awaiter GetAwaiter() => new(memory);

        public readonly struct Awaiter(nint memory) : INotifyCompletion
        {
            public bool IsCompleted => false;

            public unsafe int GetResult() => ((int*)memory)[2];

            public void OnCompleted(Action continuation) => continuation();
        }
    }

    private sealed unsafe class Resource(nint memory) : IDisposable, IAsyncDisposable
    {
        public void Dispose() => *(int*)memory += 1;

        public ValueTask DisposeAsync()
        {
            *(int*)memory *= 2;
            return ValueTask.CompletedTask;
        }
    }
}
