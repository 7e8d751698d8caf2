namespace MemSentry.SeededBugs.Finding;

/// <summary>The line that says what a detector found.</summary>
internal static class Complaint
{
    private static readonly string[] Beginnings = ["verify-mutants could not", "accepted without a reason", "not understood", "Unhandled exception", "Failed ", "divergence: ", "escape: "];

    /// <summary>The first such line; null if there is none.</summary>
    public static string? In(string output) => output.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => Array.Exists(Beginnings, b => l.StartsWith(b, StringComparison.Ordinal)));
}
