using MemSentry.Native;
using MemSentry.Native.ProtectionKeys.Gates;

namespace MemSentry.Runtime.Probe;

/// <summary>A page of stubs is replaced again and again under threads that call them.</summary>
internal static class GatePageReplacing
{
    private const int Callers = 3;
    private const int Times = 4000;

    private static ulong _page;
    private static bool _isOver;

    /// <summary>Replaces, and prints how many calls there were meanwhile and what they were answered.</summary>
    public static int Run(string[] arguments)
    {
        RequireSuccess(AddressSpace.ReserveAnywhere(GateLayout.PageLength, out _page));
        RequireSuccess(GatePages.Put(_page, FixedAnswers.Recorded, key: 0));
        Task<(long Calls, long Granted)>[] callers = [.. Enumerable.Range(0, Callers).Select(_ => Task.Factory.StartNew(Call, TaskCreationOptions.LongRunning))];
        for (int i = 0; i < Times; i++)
        {
            RequireSuccess(GatePages.Put(_page, i % 2 == 0 ? FixedAnswers.Granted : FixedAnswers.Recorded, key: 0));
        }

        Volatile.Write(ref _isOver, true);
        (long Calls, long Granted)[] seen = [.. callers.Select(c => c.Result)];
        MappedRange page = MemoryMap.ReadSelf().Overlapping(_page, _page + GateLayout.PageLength).Single();
        Console.WriteLine($"replaced {Times} times, both answers for each caller: {seen.All(s => s.Granted > 0 && s.Granted < s.Calls)}, rights {page.Permissions}");
        return 0;
    }

    /// <summary>Calls two stubs until there has been enough; another answer than 0 and 1 ends the process, as a missing page does.</summary>
    private static unsafe (long Calls, long Granted) Call()
    {
        var may = (delegate* unmanaged[SuppressGCTransition]<uint>)GateLayout.AddressOf(_page, GateEntry.MayRead);
        var isClosed = (delegate* unmanaged[SuppressGCTransition]<uint>)GateLayout.AddressOf(_page, GateEntry.IsClosed);
        long calls = 0;
        long granted = 0;
        while (!Volatile.Read(ref _isOver))
        {
            uint answer = may();
            if (answer > 1 || isClosed() != 0)
            {
                Environment.FailFast($"A stub answered {answer}.");
            }

            calls++;
            granted += answer;
        }

        return (calls, granted);
    }

    private static void RequireSuccess(SystemCallFailure? failure)
    {
        if (failure is not null)
        {
            throw new InvalidOperationException($"{failure}");
        }
    }
}
