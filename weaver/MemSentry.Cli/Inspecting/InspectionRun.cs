using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Cli.Output;
using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>Looks at one input after the other. A failed input costs nothing but itself: the others are still shown.</summary>
internal sealed class InspectionRun(WeaverOptions options, IReadOnlyList<string> referenceDirectories, MessageWriter messages)
{
    /// <summary>Inspects all inputs and prints what was learnt of those that could be inspected.</summary>
    /// <returns>The exit code of the process: the worst that happened.</returns>
    public int Print<T>(
        IReadOnlyList<string> inputs, Func<InspectionRequest, DiagnosticList, T?> inspect, Action<IReadOnlyList<T>, TextWriter> write)
        where T : class
    {
        var reports = new List<T>();
        int exitCode = ExitCode.Success;
        foreach (string input in inputs)
        {
            var diagnostics = new DiagnosticList();
            if (inspect(new InspectionRequest(input, options, referenceDirectories), diagnostics) is { } report)
                reports.Add(report);
            exitCode = Math.Max(exitCode, Tell(diagnostics));
        }

        // With JSON a program reads on the other side: it gets one document, whatever failed.
        write(reports, Console.Out);
        Console.Out.Flush();
        return exitCode;
    }

    private int Tell(DiagnosticList diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics.Where(d => d.Severity != DiagnosticSeverity.Info))
            messages.Write(diagnostic);
        if (!diagnostics.HasErrors)
            return ExitCode.Success;
        if (diagnostics.Any(d => d.Id == DiagnosticId.MemberNotFound))
            return ExitCode.WrongCommandLine;

        return diagnostics.Any(d => d.Id == DiagnosticId.InternalError) ? ExitCode.Defect : ExitCode.Failed;
    }
}
