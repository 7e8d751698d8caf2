using System.Runtime.CompilerServices;

namespace MemSentry.Startup;

/// <summary>
/// What a start has to say aloud. It is written when no lock is held: standard error is another assembly's, which may be woven, and in a program's hands, which may have put
/// its own code behind it. That could wait for a thread that waits for the start.
/// </summary>
internal static class Announcements
{
    private static readonly Queue<string> Waiting = new();

    /// <summary>Keeps a line for standard error.</summary>
    public static void Add(string line)
    {
        lock (Waiting)
        {
            Waiting.Enqueue(line);
        }
    }

    /// <summary>Writes all lines that are kept, in their order.</summary>
    public static void Write()
    {
        while (Take() is { } line)
        {
            Write(line);
        }
    }

    /// <summary>Apart, so that who has nothing to say does not need the console.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Write(string line) => Console.Error.WriteLine(line);

    private static string? Take()
    {
        lock (Waiting)
        {
            return Waiting.TryDequeue(out string? line) ? line : null;
        }
    }
}
