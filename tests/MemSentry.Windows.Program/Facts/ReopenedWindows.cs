using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>
/// Filters of callers and observers of exceptions call whitelisted members themselves, which call back: when these open their own window again, that of the member which the exception left, and whose
/// frame is still there, must stay closed.
/// </summary>
internal static class ReopenedWindows
{
    private const int Past = 64;

    private static bool _observes;

    public static int Run()
    {
        AppDomain.CurrentDomain.FirstChanceException += (_, _) => Observe();
        Catch(deep: false);
        Catch(deep: true);
        byte kept = Keep(null);
        _observes = true;
        Catch(deep: false);
        Probe.Look("what follows");
        return kept == 4 ? Probe.Verdict(atLeast: 18) : 3;
    }

    private static void Catch(bool deep)
    {
        try
        {
            _ = Secret.Overrun(Past);
        }
        catch (IndexOutOfRangeException) when (deep ? FilterDeeply(8) : Filter("a caller's filter"))
        {
            Probe.Look("a caller's handler");
        }
    }

    /// <summary>The first gate lies deeper than the second one.</summary>
    private static bool FilterDeeply(int depth) => depth == 0 ? Filter("a deep call of a filter") : FilterDeeply(depth - 1) && (depth > 1 || Filter("a filter behind a deep call"));

    private static bool Filter(string place)
    {
        _ = Secret.Around(() => Probe.Look($"code that {place} has called by a gate"));
        Probe.Look($"{place}, behind a gate");
        return true;
    }

    private static void Observe()
    {
        if (_observes)
        {
            _observes = false;
            _ = Filter("an observer of exceptions");
        }
    }

    /// <summary>The member that the exception goes through opens its own again, whoever had others open meanwhile.</summary>
    [SafeRegionAccess]
    private static unsafe byte Keep(int[]? nothing)
    {
        Secret.Key.Pointer[45] = 1;
        try
        {
            Secret.Key.Pointer[45] += (byte)nothing!.Length;
        }
        catch (NullReferenceException) when (Filter("a filter of the member's own"))
        {
            Secret.Key.Pointer[45]++;
            _ = Filter("a handler of the member's own");
            Secret.Key.Pointer[45]++;
        }
        finally
        {
            Secret.Key.Pointer[45]++;
        }

        return Secret.Key.Pointer[45];
    }
}
