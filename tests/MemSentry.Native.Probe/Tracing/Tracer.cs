using System.Globalization;

namespace MemSentry.Native.Probe.Tracing;

/// <summary>
/// A process that looks into another one from outside: <c>trace PID</c>. It reads requests, one a line, and answers each by lines up to one with a full stop.
/// <code>
/// rights         thread, register and name of each thread, all stopped at once: 812 55555554 .NET BGC
/// peek ADDRESS   whether a debugger (ptrace) can read there, and whether /proc/PID/mem gives it: no no
/// </code>
/// </summary>
internal static class Tracer
{
    public static int Run(string[] arguments)
    {
        int process = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        while (Console.ReadLine() is { } request)
        {
            foreach (string line in request.Split(' ') is ["peek", var address] ? Peek(process, ulong.Parse(address, CultureInfo.InvariantCulture)) : Rights(process))
            {
                Console.WriteLine(line);
            }

            Console.WriteLine(".");
        }

        return 0;
    }

    private static IEnumerable<string> Rights(int process)
    {
        Dictionary<int, TracedThread> stopped = StopAll(process);
        try
        {
            return [.. stopped.Values.Select(thread => thread.ReadRights(process)).Select(seen => $"{seen.Thread} {seen.Register:x8} {seen.Name}")];
        }
        finally
        {
            Continue(stopped);
        }
    }

    private static IEnumerable<string> Peek(int process, ulong address)
    {
        Dictionary<int, TracedThread> stopped = StopAll(process);
        try
        {
            return [$"{(stopped[process].CanRead(address) ? "yes" : "no")} {(CanReadFile(process, address) ? "yes" : "no")}"];
        }
        finally
        {
            Continue(stopped);
        }
    }

    /// <summary>A thread that is not stopped yet can start another one: looked again until there is none.</summary>
    private static Dictionary<int, TracedThread> StopAll(int process)
    {
        var stopped = new Dictionary<int, TracedThread>();
        bool isComplete;
        do
        {
            isComplete = true;
            foreach (int thread in Directory.GetDirectories($"/proc/{process}/task").Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)))
            {
                if (!stopped.ContainsKey(thread) && TracedThread.Stop(thread) is { } traced)
                {
                    stopped.Add(thread, traced);
                    isComplete = false;
                }
            }
        }
        while (!isComplete);
        return stopped;
    }

    private static void Continue(Dictionary<int, TracedThread> stopped)
    {
        foreach (TracedThread thread in stopped.Values)
        {
            thread.Continue();
        }
    }

    private static bool CanReadFile(int process, ulong address)
    {
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle($"/proc/{process}/mem");
            return RandomAccess.Read(file, new byte[8], (long)address) == 8;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
