using MemSentry.Analysis.Diagnostics;
using MemSentry.Corpus.Subjects;
using MemSentry.Corpus.Weaving;

namespace MemSentry.Corpus.Checks;

/// <summary>Weaves a control and compares its bodies with what they were.</summary>
internal static class ControlChecks
{
    /// <summary>Runs.</summary>
    /// <param name="file">A file of this program's folder.</param>
    /// <param name="folder">An empty folder.</param>
    public static RunResult Run(string file, string folder)
    {
        string original = Path.Combine(AppContext.BaseDirectory, file);
        try
        {
            WovenFile woven = WovenFile.Make(original, folder, Variant.Default);
            IReadOnlyList<string> changed = BodyComparison.Names(woven.Path, woven.Changed);
            IReadOnlyList<string> different = BodyComparison.Different(original, woven.Path);
            string[] unplanned = [.. different.Except(changed)];
            string[] complaints =
            [
                .. woven.Complaints(again: true),
                .. unplanned.Select(name => $"{name} differs without need"),
                .. changed.Except(different).Select(name => $"{name} has no check"),
            ];
            string which = changed.Count == 0 ? "" : $" but {changed.Count} that use references from unwoven members: {string.Join(", ", changed.Select(Short))}";
            return new(file, complaints, $"{woven.Members} bodies, all as before{which}");
        }
        catch (WeaveException e)
        {
            return new(file, [e.Message], "");
        }
    }

    // "System.Void A.B::C(System.Int32)`0" without result and parameters.
    private static string Short(string name) => name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..name.IndexOf('(', StringComparison.Ordinal)];
}
