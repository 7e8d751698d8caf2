using MemSentry.Robustness.Running;

namespace MemSentry.Robustness.Judging;

/// <summary>What was woven from damaged bytes and taken for good is proven like anything else that is woven.</summary>
internal static class Woven
{
    public static string? Judge(CommandResult result) =>
        Sentence.Judge(result) ?? (result.ExitCode == 0 ? null : $"woven, and rejected: {result.Errors.Split('\n')[0]}");
}
