using System.Diagnostics;
using MemSentry.Corpus.Subjects;
using MemSentry.Corpus.Weaving;
using MemSentry.Corpus.Workloads;

namespace MemSentry.RealOverhead.Arms;

/// <summary>A subject whose assemblies are woven, beside the ones as they are.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Description">What was woven, in words.</param>
/// <param name="Comparison">The process that compares, given a seed.</param>
internal sealed record WovenSubject(TimedSubject Subject, string Description, Func<int, ProcessStartInfo> Comparison)
{
    /// <summary>Weaves.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="variant">How to weave.</param>
    /// <param name="root">An empty folder.</param>
    /// <param name="trace">A trace for subjects that read one.</param>
    /// <exception cref="Analysis.Diagnostics.WeaveException">The weaver refused.</exception>
    public static WovenSubject Make(TimedSubject subject, Variant variant, string root, Lazy<string> trace)
    {
        string woven = Directory.CreateDirectory(Path.Combine(root, "assemblies")).FullName;
        WovenFile[] files = [.. subject.Subject.Files.Select(f => WovenFile.Make(Path.Combine(subject.Subject.Originals, f), woven, variant))];
        foreach (string arm in (string[])["unwoven", "woven"])
        {
            string scratch = Directory.CreateDirectory(Path.Combine(root, arm)).FullName;
            if (subject.Subject.ReadsTrace)
                File.CreateSymbolicLink(Path.Combine(scratch, TraceWorkload.FileName), trace.Value);
        }

        return new WovenSubject(
            subject,
            $"{subject.Subject.Name}: {files.Length} woven, {files.Sum(f => f.Members)} members, {files.Sum(f => f.Checks)} checks",
            subject.Comparison(woven, root));
    }
}
