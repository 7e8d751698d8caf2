using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Cli.Inputs;
using MemSentry.Cli.Output;
using MemSentry.Cli.Reporting;
using MemSentry.Cli.Running;
using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>Looks at inputs. A failed input costs nothing but itself: the others are still shown.</summary>
internal sealed class InspectionRun(WeaverOptions options, IReadOnlyList<string> referenceDirectories, Streams streams, OrderedWork work)
{
    /// <summary>Inspects all inputs and tells what there is to say about them.</summary>
    /// <returns>What was learnt, in the order of the inputs.</returns>
    public IReadOnlyList<Inspected<T>> Inspect<T>(IReadOnlyList<SelectedInput> inputs, Func<InspectionRequest, DiagnosticList, T?> inspect)
        where T : class
    {
        var all = new List<Inspected<T>>();
        foreach (Inspected<T> one in work.Each(inputs, "looking at", i => i.Name, i => Inspect(i, inspect)))
        {
            streams.Progress.Aside(() => Tell(one, inputs.Count > 1));
            all.Add(one);
        }

        return all;
    }

    private Inspected<T> Inspect<T>(SelectedInput input, Func<InspectionRequest, DiagnosticList, T?> inspect)
        where T : class
    {
        var diagnostics = new DiagnosticList();
        T? report = inspect(new InspectionRequest(input.File, options, referenceDirectories), diagnostics);
        ReportMessage[] messages = [.. diagnostics.Where(d => d.Severity != DiagnosticSeverity.Info).Select(ReportMessage.Of)];
        return new Inspected<T>(input, report, messages, ExitCodeOf(diagnostics));
    }

    private void Tell<T>(Inspected<T> one, bool isOneOfSeveral)
        where T : class
    {
        foreach (ReportMessage message in one.Messages)
            streams.Messages.Write(isOneOfSeveral ? message.LineFor(one.Input.Relative) : message.Line, message.Severity);
    }

    private static int ExitCodeOf(DiagnosticList diagnostics)
    {
        if (!diagnostics.HasErrors)
            return ExitCode.Success;
        if (diagnostics.Any(d => d.Id == DiagnosticId.MemberNotFound))
            return ExitCode.WrongCommandLine;

        return diagnostics.Any(d => d.Id == DiagnosticId.InternalError) ? ExitCode.Defect : ExitCode.Failed;
    }
}
