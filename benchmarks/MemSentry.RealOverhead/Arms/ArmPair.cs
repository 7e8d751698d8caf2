using MemSentry.Corpus.Subjects;
using MemSentry.Corpus.Weaving;
using MemSentry.Corpus.Workloads;

namespace MemSentry.RealOverhead.Arms;

/// <summary>Two processes with the same program: one with the assemblies as they are, one with woven ones.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Unwoven">The baseline.</param>
/// <param name="Woven">The other one.</param>
/// <param name="Description">What was woven, in words.</param>
internal sealed record ArmPair(TimedSubject Subject, RunningArm Unwoven, RunningArm Woven, string Description) : IDisposable
{
    /// <summary>Weaves, and starts both.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="variant">How to weave.</param>
    /// <param name="root">An empty folder.</param>
    /// <param name="trace">A trace for subjects that read one.</param>
    /// <exception cref="Analysis.Diagnostics.WeaveException">The weaver refused.</exception>
    public static ArmPair Start(TimedSubject subject, Variant variant, string root, Lazy<string> trace)
    {
        string woven = Directory.CreateDirectory(Path.Combine(root, "woven")).FullName;
        WovenFile[] files = [.. subject.Subject.Files.Select(f => WovenFile.Make(Path.Combine(subject.Subject.Originals, f), woven, variant))];
        string description = $"{subject.Subject.Name}: {files.Length} woven, {files.Sum(f => f.Members)} members, {files.Sum(f => f.Checks)} checks";
        return new ArmPair(subject, Start("as-they-are", subject.Subject.Originals), Start("with-checks", woven), description);

        RunningArm Start(string name, string folder)
        {
            string scratch = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
            if (subject.Subject.ReadsTrace)
                File.CreateSymbolicLink(Path.Combine(scratch, TraceWorkload.FileName), trace.Value);
            return new RunningArm(subject.Server(folder, scratch));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Unwoven.Dispose();
        Woven.Dispose();
    }
}
