using MemSentry.Analysis.Diagnostics;
using MemSentry.Cli.Reporting;

namespace MemSentry.Cli.Running;

/// <summary>Decides the exit code of a run.</summary>
internal static class FailConditions
{
    private static readonly string[] Unwoven = [CodeOf(DiagnosticId.ReferenceNotWoven), CodeOf(DiagnosticId.ReferenceNotExamined)];

    /// <summary>The worst that happened, or <see cref="ExitCode.ConditionMet"/> if nothing failed and a condition is met.</summary>
    public static int ExitCodeOf(IReadOnlyList<FailCondition> conditions, int worst, IEnumerable<ReportMessage> messages) =>
        worst == ExitCode.Success && messages.Any(m => conditions.Any(c => Meets(m, c))) ? ExitCode.ConditionMet : worst;

    private static bool Meets(ReportMessage message, FailCondition condition) => condition switch
    {
        FailCondition.Warning => message.Severity == DiagnosticSeverity.Warning,
        FailCondition.Unwoven => Unwoven.Contains(message.Code),
        _ => false,
    };

    private static string CodeOf(DiagnosticId id) => Diagnostic.Error(id, "").Code;
}
