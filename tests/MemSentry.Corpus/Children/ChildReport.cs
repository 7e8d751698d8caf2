namespace MemSentry.Corpus.Children;

/// <summary>What a child printed.</summary>
/// <param name="Work">What the workload printed.</param>
/// <param name="Compilations">What <see cref="MemberCompilation"/> printed, by file name.</param>
internal sealed record ChildReport(string[] Work, IReadOnlyDictionary<string, string[]> Compilations)
{
    /// <summary>Starts the part about one assembly; the file name follows.</summary>
    public const string Section = "== ";

    /// <summary>Takes a child's output apart.</summary>
    public static ChildReport Parse(string output)
    {
        string[] parts = ('\n' + output).Split('\n' + Section);
        return new(
            Lines(parts[0]),
            parts.Skip(1).Select(Lines).ToDictionary(lines => lines[0], lines => lines[1..], StringComparer.Ordinal));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
