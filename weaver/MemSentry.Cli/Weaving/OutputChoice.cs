using MemSentry.Analysis.Diagnostics;
using MemSentry.Cli.Inputs;

namespace MemSentry.Cli.Weaving;

/// <summary>Decides where each woven assembly goes. Overwriting an input takes <c>--in-place</c>; nothing else does it by accident.</summary>
/// <param name="Output">The value of <c>--output</c>, or null.</param>
/// <param name="InPlace">Whether <c>--in-place</c> was given.</param>
internal sealed record OutputChoice(string? Output, bool InPlace)
{
    /// <summary>Adds an error if it is not said, or said twice, where woven assemblies go.</summary>
    public void Verify(DiagnosticList diagnostics)
    {
        if (InPlace == (Output is not null))
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.OutputNotChosen, InPlace
                ? "--output and --in-place contradict each other; keep one of them."
                : "It is not said where the woven assembly goes; add --output DIR, or --in-place to replace the input."));
        }
    }

    /// <summary>Pairs each input with its output. What was found in a folder keeps its path below it.</summary>
    /// <param name="inputs">What is to be woven.</param>
    /// <param name="diagnostics">Receives an error for each output that would replace something; then the result must not be used.</param>
    public IReadOnlyList<WeaveItem> Pair(IReadOnlyList<SelectedInput> inputs, DiagnosticList diagnostics)
    {
        List<WeaveItem> items = [.. inputs.Select(Pair)];
        if (Output is not null)
            Verify(items, Output, diagnostics);
        return items;
    }

    private WeaveItem Pair(SelectedInput input)
    {
        if (Output is null)
            return new WeaveItem(input, input.File);
        return new WeaveItem(input, Path.GetFullPath(IsFile(Output) ? Output : Path.Combine(Output, input.Relative)));
    }

    // What does not exist yet is a file exactly if it is called like an assembly.
    private static bool IsFile(string output) => !Directory.Exists(output) && (File.Exists(output) || AssemblyFiles.IsCalledLikeOne(output));

    private static void Verify(List<WeaveItem> items, string output, DiagnosticList diagnostics)
    {
        if (items.Count > 1 && IsFile(output))
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.OutputNotAFolder,
                $"--output '{output}' is a file, but there are {items.Count} inputs; name a folder."));
            return;
        }

        foreach (WeaveItem item in items.Where(i => i.Input.File == i.Output))
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.OutputIsInput,
                $"--output would replace the input '{item.Input.File}'; name another folder, or say --in-place."));
        }

        foreach (IGrouping<string, WeaveItem> clash in items.GroupBy(i => i.Output).Where(g => g.Count() > 1))
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.OutputIsInput,
                $"{clash.Count()} inputs would be written to '{clash.Key}'; weave them into different folders."));
        }
    }
}
