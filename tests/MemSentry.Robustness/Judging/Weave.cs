using MemSentry.Robustness.Running;

namespace MemSentry.Robustness.Judging;

/// <summary>What a weave owes besides: its output whole and alone, or none at all.</summary>
internal static class Weave
{
    public static string? Judge(CommandResult result, string output, DamagedInput input)
    {
        if (Sentence.Judge(result) is { } wrong)
            return wrong;

        string[] written = Directory.Exists(output) ? [.. Directory.GetFileSystemEntries(output).Select(f => Path.GetFileName(f))] : [];
        string assembly = input.Subject.Name + ".dll";
        if (result.ExitCode != 0)
            return written.Length == 0 ? null : $"refused, and {string.Join(", ", written)} written";
        return written.Contains(assembly) && written.All(f => f == assembly || f == input.Subject.Name + ".pdb")
            ? null
            : $"woven, and {string.Join(", ", written)} written";
    }
}
