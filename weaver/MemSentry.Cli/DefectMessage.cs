using MemSentry.Analysis.Diagnostics;

namespace MemSentry.Cli;

/// <summary>What nobody expected, as one sentence.</summary>
internal static class DefectMessage
{
    /// <summary>The sentence.</summary>
    /// <param name="defect">What was thrown.</param>
    /// <param name="where">Words about the place, with a space in front; or nothing.</param>
    public static Diagnostic Of(Exception defect, string where = "") => Diagnostic.Error(DiagnosticId.InternalError,
        $"MemSentry failed ({defect.GetType().Name}: {defect.Message.ReplaceLineEndings(" ").TrimEnd('.')}){where}; please report this with the command.");
}
