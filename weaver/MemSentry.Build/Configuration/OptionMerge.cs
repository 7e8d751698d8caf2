using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;

namespace MemSentry.Build.Configuration;

/// <summary>Makes the settings in force from what was written in all places; a later one wins.</summary>
internal static class OptionMerge
{
    /// <param name="written">In order of precedence, weakest first.</param>
    /// <param name="diagnostics">Receives an error with its place for each unknown name and each value that is not allowed.</param>
    public static WeaverOptions Merge(IReadOnlyList<WrittenOption> written, DiagnosticList diagnostics)
    {
        foreach (WrittenOption option in written)
        {
            foreach (Diagnostic diagnostic in Check(option))
            {
                // The place of an attribute is shown as file, line and column; a property needs words.
                string where = option.Location is null ? $" It was written in {option.Origin}." : "";
                diagnostics.Add(diagnostic with { Message = diagnostic.Message + where, Location = option.Location });
            }
        }

        // What does not go together has no single place.
        DiagnosticList together = diagnostics.HasErrors ? [] : diagnostics;
        return OptionCatalog.Parse(written.Select(Pair), together);
    }

    private static DiagnosticList Check(WrittenOption option)
    {
        var found = new DiagnosticList();
        OptionCatalog.Parse(option.Name, option.Text, new WeaverOptions(), found);
        return found;
    }

    private static KeyValuePair<string, string> Pair(WrittenOption option) => new(option.Name, option.Text);
}
