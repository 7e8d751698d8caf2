using MemSentry.Cli.Inputs;
using MemSentry.Cli.Reporting;

namespace MemSentry.Cli.Inspecting;

/// <summary>What was learnt of one input.</summary>
/// <param name="Input">The input.</param>
/// <param name="Report">What was learnt; null if it could not be looked at.</param>
/// <param name="Messages">What there is to say about it.</param>
/// <param name="ExitCode">What it means for the process.</param>
internal sealed record Inspected<T>(SelectedInput Input, T? Report, IReadOnlyList<ReportMessage> Messages, int ExitCode)
    where T : class;
