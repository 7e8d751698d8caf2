using MemSentry.Cli.Running;
using MemSentry.Weaver;

namespace MemSentry.Cli.Inputs;

/// <summary>Sorts out what patterns and folders brought along: a command works on what was named, and on what it has to do with.</summary>
/// <param name="Wanted">What the command works on, in order.</param>
/// <param name="Skipped">What it leaves as it is.</param>
internal sealed record FoundInputs(IReadOnlyList<SelectedInput> Wanted, IReadOnlyList<SkippedInput> Skipped)
{
    /// <summary>Looks at every file that was not named.</summary>
    /// <param name="selection">All files.</param>
    /// <param name="referenceDirectories">Where referenced assemblies are looked for.</param>
    /// <param name="wanted">The kinds of files that the command works on.</param>
    /// <param name="work">Does it.</param>
    public static FoundInputs Sort(InputSelection selection, IReadOnlyList<string> referenceDirectories, IReadOnlyList<WeaveNeed> wanted, OrderedWork work)
    {
        IReadOnlySet<string> framework = selection.Framework;
        var needs = work.Each(
            selection.Files,
            "looking at",
            f => f.Name,
            f => f.IsNamed ? (File: f, Need: wanted[0]) : (File: f, Need: WeaveNeeds.Of(f.File, referenceDirectories, framework))).ToList();
        return new FoundInputs(
            [.. needs.Where(n => wanted.Contains(n.Need)).Select(n => n.File)],
            [.. needs.Where(n => !wanted.Contains(n.Need)).Select(n => new SkippedInput(n.File, n.Need))]);
    }
}
