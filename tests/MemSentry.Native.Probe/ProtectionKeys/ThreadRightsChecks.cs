using MemSentry.Native.Probe.Tracing;
using MemSentry.Native.ProtectionKeys;

namespace MemSentry.Native.Probe.ProtectionKeys;

/// <summary>Which threads have a key open that is open in one: the key registers of all of them, read by another process.</summary>
internal static class ThreadRightsChecks
{
    /// <summary>Milliseconds that the thread of tiered compilation has for itself.</summary>
    private const int Idle = 100;

    private static readonly ManualResetEventSlim Never = new();

    /// <summary>With <c>led</c>, the keys are the runtime's, and calls of <c>pthread_create</c> go through its stub. With <c>unled</c> they do not, and the rights have to be seen to leak.</summary>
    public static int Run(string[] arguments)
    {
        bool isLed = arguments[0] == "led";
        var checks = new Checks();
        if (isLed)
        {
            ProbeModule.Start("ProtMethod=mpk");
        }

        KeyedDomain first = isLed ? KeyedDomain.Allocate("first") : KeyedDomain.CreateForeign();
        KeyedDomain second = isLed ? KeyedDomain.Allocate("second") : KeyedDomain.CreateForeign();
        using Observer observer = Observer.Start();
        HashSet<int> known = [.. observer.ReadRights().Select(thread => thread.Thread)];
        using var work = new Work();
        do
        {
            Prepare(first, second);
            first.Open();
            second.OpenRead();
        }
        while (IsCompiling());
        foreach ((string what, Action start) in work.Kinds)
        {
            start();
            List<ThreadRights> born = [.. observer.ReadRights().Where(thread => known.Add(thread.Thread))];
            List<ThreadRights> open = [.. born.Where(thread => IsOpen(thread, first) || IsOpen(thread, second))];
            string seen = string.Join(", ", born.Select(thread => $"{thread.Name} {thread.Register:x8}"));
            checks.That($"{what} starts threads {(isLed ? "that are closed" : "that are open: without the stub they inherit the window")}", born.Count > 0 && (isLed ? open.Count == 0 : open.Count > 0), seen);
        }

        IReadOnlyList<ThreadRights> all = observer.ReadRights();
        int self = LibC.GetThreadId();
        checks.That(
            isLed ? "no thread but this one has a key open" : "another thread has a key open",
            isLed == !all.Any(thread => thread.Thread != self && (IsOpen(thread, first) || IsOpen(thread, second))),
            string.Join(", ", all.Select(thread => $"{thread.Name} {thread.Register:x8}")));
        checks.That(
            "this one has its windows as before",
            first.Rights == KeyRights.ReadWrite && second.Rights == KeyRights.Read && all.Single(thread => thread.Thread == self).Register == first.Register,
            $"{first.Register:x8}");
        second.Close();
        first.Close();
        checks.That("and closes them", !observer.ReadRights().Any(thread => thread.Thread == self && (IsOpen(thread, first) || IsOpen(thread, second))));
        return checks.Sum();
    }

    /// <summary>
    /// The thread of tiered compilation ends when it has nothing to do (TC_BackgroundWorkerTimeoutMs). Nothing before the window is called for the first time
    /// then, so that the next one is started in it. One that was started at the last moment is closed, and all begins anew.
    /// </summary>
    private static void Prepare(KeyedDomain first, KeyedDomain second)
    {
        first.Open();
        second.OpenRead();
        second.Close();
        first.Close();
        for (int looks = 0; looks < 3; looks++)
        {
            // The look that finds it gone may have called something for the first time, and many looks are work for it.
            while (IsCompiling())
            {
                looks = 0;
                Never.Wait(Idle);
            }
        }
    }

    private static bool IsCompiling() => Directory.GetDirectories("/proc/self/task").Any(IsCompiler);

    private static bool IsCompiler(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).StartsWith(".NET Tiered", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It has ended since it was listed.
            return false;
        }
    }

    private static bool IsOpen(ThreadRights thread, KeyedDomain domain) => KeyRegister.Rights(thread.Register, domain.Key) != KeyRights.None;
}
