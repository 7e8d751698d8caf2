using System.Globalization;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Etlx;

namespace MemSentry.Corpus.Workloads;

/// <summary>TraceEvent: parses a nettrace file as a stream, then converts it to its own format and reads that.</summary>
internal static class TraceWorkload
{
    /// <summary>The file that it expects in its folder.</summary>
    public const string FileName = "program.nettrace";

    /// <summary>Prints counts and digests of all events.</summary>
    public static void Run(string folder, TextWriter output)
    {
        string trace = Path.Combine(folder, FileName);
        Stream(trace, output);
        Convert(trace, output);
    }

    private static void Stream(string trace, TextWriter output)
    {
        using var source = new EventPipeEventSource(trace);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        using var digest = new Digest();
        void Take(TraceEvent e)
        {
            string name = $"{e.ProviderName}/{e.EventName}";
            counts[name] = counts.GetValueOrDefault(name) + 1;
            digest.Add(Text(e));
        }

        source.Clr.All += Take;
        source.Dynamic.All += Take;
        source.Process();
        foreach ((string name, int count) in counts)
            output.WriteLine($"{name} {count}");
        output.WriteLine($"stream: {counts.Values.Sum()} events, {digest}");
    }

    private static void Convert(string trace, TextWriter output)
    {
        string converted = trace + ".etlx";
        TraceLog.CreateFromEventPipeDataFile(trace, converted);
        using var log = new TraceLog(converted);
        using var digest = new Digest();
        int stacks = 0;
        foreach (TraceEvent e in log.Events)
        {
            digest.Add(Text(e));
            for (TraceCallStack? frame = e.CallStack(); frame is not null; frame = frame.Caller)
            {
                stacks++;
                digest.Add(frame.CodeAddress.FullMethodName);
            }
        }

        output.WriteLine($"log: {log.EventCount} events, {stacks} frames, {digest}");
    }

    private static string Text(TraceEvent e) => e.ToString(CultureInfo.InvariantCulture);
}
