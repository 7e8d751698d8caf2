using System.Globalization;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Corpus.Children;
using MemSentry.Corpus.Subjects;
using MemSentry.Corpus.Weaving;
using MemSentry.Corpus.Workloads;

namespace MemSentry.Corpus.Checks;

/// <summary>Weaves one subject in several ways and compares what its program does.</summary>
internal sealed class SubjectChecks
{
    private readonly Subject _subject;
    private readonly string _root;
    private readonly Lazy<string> _trace;
    private readonly Lazy<string[]> _work;
    private readonly Lazy<HashSet<string>> _failures;

    /// <param name="subject">The subject.</param>
    /// <param name="root">An empty folder.</param>
    /// <param name="trace">A file for subjects that read one.</param>
    public SubjectChecks(Subject subject, string root, Lazy<string> trace)
    {
        _subject = subject;
        _root = root;
        _trace = trace;
        _work = new(() => Run(subject.Originals, "unwoven", Choice("unwoven", [])).Work);
        _failures = new(() => [.. Run(subject.Originals, "compiled", MemberChoice.All).Compilations.Values.SelectMany(Failures)]);
    }

    /// <summary>Does it all for one variant.</summary>
    /// <param name="variant">How to weave.</param>
    /// <param name="depth">How much to check.</param>
    public RunResult Run(Variant variant, Depth depth)
    {
        string name = $"{_subject.Name} {variant}";
        try
        {
            return Checked(name, variant, depth);
        }
        catch (Exception e) when (e is WeaveException or InvalidOperationException)
        {
            return new(name, [e.Message], "");
        }
    }

    private RunResult Checked(string name, Variant variant, Depth depth)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_root, variant.ToString())).FullName;
        WovenFile[] files = [.. _subject.Files.Select(f => WovenFile.Make(Path.Combine(_subject.Originals, f), folder, variant))];
        string members = depth == Depth.ChangedMembers ? Choice(variant.ToString(), files) : MemberChoice.All;
        ChildReport report = Run(folder, variant.ToString(), members);

        string[] complaints =
        [
            .. files.SelectMany(f => f.WrongNumbers()),
            .. files.SelectMany(f => f.Complaints(again: depth == Depth.Full)),
            .. Differences(report),
            .. files.SelectMany(f => Compilation(f, report, depth == Depth.ChangedMembers ? f.Changed.Length : f.Members)),
        ];
        string compiled = string.Join(", ", report.Compilations.Values.Select(lines => lines[^1]));
        return new(
            name,
            complaints,
            $"{files.Sum(f => f.Members)} members, {files.Sum(f => f.Changed.Length)} with {files.Sum(f => f.Checks)} checks ({files.Sum(f => f.Masks)} masks); " +
            $"{compiled}; {report.Work.Length} lines, last: {report.Work[^1]}");
    }

    private IEnumerable<string> Differences(ChildReport report)
    {
        if (_work.Value.Length == 0)
            yield return "the workload prints nothing";
        if (!report.Work.AsSpan().SequenceEqual(_work.Value))
        {
            yield return _work.Value.Zip(report.Work).Where(pair => pair.First != pair.Second).Select(pair => $"'{pair.First}' became '{pair.Second}'").FirstOrDefault()
                ?? $"{_work.Value.Length} lines became {report.Work.Length}";
        }
    }

    private IEnumerable<string> Compilation(WovenFile file, ChildReport report, int members)
    {
        if (!report.Compilations.TryGetValue(file.Name, out string[]? lines))
            yield return $"{file.Name} was not compiled";
        else if (lines[0] != "woven True")
            yield return $"{file.Name} was not loaded woven";
        else if (Count(lines[^1]) < members)
            yield return $"{file.Name}: {members} members were to be compiled: {lines[^1]}";
        else if (Failures(lines).FirstOrDefault(f => !_failures.Value.Contains(f)) is { } failure)
            yield return $"{file.Name}: {failure}";
    }

    // "compiled 3 failed 0 open 1"
    private static int Count(string counts) => counts.Split(' ').Where((_, i) => i % 2 == 1).Sum(n => int.Parse(n, CultureInfo.InvariantCulture));

    private static IEnumerable<string> Failures(string[] lines) => lines.Where(line => line.StartsWith("failed ", StringComparison.Ordinal));

    private ChildReport Run(string folder, string name, string members)
    {
        string scratch = Directory.CreateDirectory(Path.Combine(_root, "scratch " + name)).FullName;
        if (_subject.ReadsTrace)
            File.CreateSymbolicLink(Path.Combine(scratch, TraceWorkload.FileName), _trace.Value);
        return ChildProcess.Run(_subject.Program(folder, scratch, members));
    }

    private string Choice(string name, IEnumerable<WovenFile> files)
    {
        string file = Path.Combine(_root, name + " members");
        MemberChoice.Write(file, files.SelectMany(f => f.Changed.Select(t => (f.Name, t.ToInt32()))));
        return file;
    }
}
