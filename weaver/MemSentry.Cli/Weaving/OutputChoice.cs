using MemSentry.Analysis.Diagnostics;

namespace MemSentry.Cli.Weaving;

/// <summary>Decides where each woven assembly goes. Overwriting an input takes <c>--in-place</c>; nothing else does it by accident.</summary>
internal static class OutputChoice
{
    /// <summary>Pairs each input with its output.</summary>
    /// <param name="inputs">As the user wrote them.</param>
    /// <param name="output">The value of <c>--output</c>, or null.</param>
    /// <param name="inPlace">Whether <c>--in-place</c> was given.</param>
    /// <param name="diagnostics">Receives an error when the choice is missing or contradicts itself; then the result must not be used.</param>
    public static IReadOnlyList<WeaveItem> Choose(IReadOnlyList<string> inputs, string? output, bool inPlace, DiagnosticList diagnostics)
    {
        if (inPlace == (output is not null))
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.OutputNotChosen, inPlace
                ? "--output and --in-place contradict each other; keep one of them."
                : "It is not said where the woven assembly goes; add --output DIR, or --in-place to replace the input."));
            return [];
        }

        List<WeaveItem> items = [.. inputs.Select(Path.GetFullPath).Distinct().Select(input => Pair(input, output))];
        Verify(items, output, diagnostics);
        return items;
    }

    private static WeaveItem Pair(string input, string? output)
    {
        if (output is null)
            return new WeaveItem(input, input);
        return new WeaveItem(input, Path.GetFullPath(IsFile(output) ? output : Path.Combine(output, Path.GetFileName(input))));
    }

    // What does not exist yet is a file exactly if it is called like an assembly.
    private static bool IsFile(string output) =>
        !Directory.Exists(output) && (File.Exists(output) || Path.GetExtension(output) is ".dll" or ".exe");

    private static void Verify(List<WeaveItem> items, string? output, DiagnosticList diagnostics)
    {
        if (output is null)
            return;

        if (items.Count > 1 && IsFile(output))
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.OutputNotAFolder,
                $"--output '{output}' is a file, but there are {items.Count} inputs; name a folder."));
            return;
        }

        foreach (WeaveItem item in items.Where(i => i.Input == i.Output))
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.OutputIsInput,
                $"--output would replace the input '{item.Input}'; name another folder, or say --in-place."));
        }

        foreach (IGrouping<string, WeaveItem> clash in items.GroupBy(i => i.Output).Where(g => g.Count() > 1))
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.OutputIsInput,
                $"{clash.Count()} inputs would be written to '{clash.Key}'; weave them into different folders."));
        }
    }
}
