using System.Globalization;
using MemSentry.Corpus.Workloads;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Etlx;

namespace MemSentry.RealOverhead.Works;

/// <summary>TraceEvent: reads every field of every event of a nettrace file, and converts the file to its own format and walks the stacks in it.</summary>
internal static class TraceParsing
{
    /// <summary>Reads the file as a stream.</summary>
    public static void Read(string folder, TextWriter output)
    {
        using var source = new EventPipeEventSource(Path.Combine(folder, TraceWorkload.FileName));
        long events = 0;
        double sum = 0;
        void Take(TraceEvent e)
        {
            events++;
            sum += e.ThreadID + e.EventDataLength + e.TimeStampRelativeMSec;
            for (int field = 0; field < e.PayloadNames.Length; field++)
                sum += Weight(e.PayloadValue(field));
        }

        source.Clr.All += Take;
        source.Dynamic.All += Take;
        source.Process();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{events} events, {sum:R}"));
    }

    /// <summary>Converts the file.</summary>
    public static void Convert(string folder, TextWriter output)
    {
        string converted = Path.Combine(folder, "program.etlx");
        TraceLog.CreateFromEventPipeDataFile(Path.Combine(folder, TraceWorkload.FileName), converted);
        using var log = new TraceLog(converted);
        long frames = 0;
        double sum = 0;
        foreach (TraceEvent e in log.Events)
        {
            sum += e.TimeStampRelativeMSec;
            for (TraceCallStack? frame = e.CallStack(); frame is not null; frame = frame.Caller)
            {
                frames++;
                sum += frame.CodeAddress.Address % 1000;
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{log.EventCount} events, {frames} frames, {sum:R}"));
    }

    private static double Weight(object? value) => value switch
    {
        string text => text.Length,
        int number => number,
        long number => number % 1000,
        ulong number => number % 1000,
        null => 0,
        _ => 1,
    };
}
