using System.Collections.Immutable;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Corpus.Subjects;
using MemSentry.Verifier;
using Mono.Cecil;

namespace MemSentry.Corpus.Weaving;

/// <summary>One assembly of a subject, woven.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Original">Where it was read.</param>
/// <param name="Variant">How it is woven.</param>
/// <param name="Members">Bodies in it.</param>
/// <param name="Checks">Checks that were planned, masks included.</param>
/// <param name="Masks">Masks among them.</param>
/// <param name="Changed">Tokens, in the woven file, of the members that got checks.</param>
internal sealed record WovenFile(string Name, string Path, string Original, Variant Variant, int Members, int Checks, int Masks, ImmutableArray<MetadataToken> Changed)
{
    /// <summary>Weaves a file into a folder.</summary>
    /// <exception cref="Analysis.Diagnostics.WeaveException">The weaver refused.</exception>
    public static WovenFile Make(string original, string folder, Variant variant)
    {
        string name = System.IO.Path.GetFileName(original);
        string path = System.IO.Path.Combine(folder, name);
        ModulePlan plan = Weave.Run(original, path, variant);
        int masks = plan.All.Sum(m => m.Decisions.Count(d => d.Verdict == AccessVerdict.Masked));
        return new(name, path, original, variant, plan.Statistics.Members, plan.Statistics.Checks, masks, [.. plan.Members.Select(m => m.Method.MetadataToken)]);
    }

    private bool IsProtected => Variant.Method != ProtectionMethod.None;

    /// <summary>What is wrong with the number of checks in a file that has raw accesses.</summary>
    public IEnumerable<string> WrongNumbers()
    {
        if (Checks > 0 != IsProtected)
            yield return $"{Name} got {Checks} checks";
        if (Masks > 0 && Variant.Method != ProtectionMethod.Sfi)
            yield return $"{Name} got {Masks} masks";
    }

    /// <summary>What is wrong with the file.</summary>
    /// <param name="again">Whether to weave it once more and compare.</param>
    public IEnumerable<string> Complaints(bool again)
    {
        if (again && !IsSame())
            yield return $"{Name} is not the same when it is woven again";

        VerificationReport report = AssemblyVerification.Run(new(Path, [System.IO.Path.GetDirectoryName(Original)!, AppContext.BaseDirectory]));
        if (IsProtected ? !report.Accepted : report.Findings is not [{ Code: VerifierCode.NotProtected }])
            yield return $"{Name}: {report.Findings.Count} findings about {report.Obligations} obligations, first: {string.Join(null, report.Findings.Take(1))}";
    }

    private bool IsSame()
    {
        string again = Path + ".again";
        Weave.Run(Original, again, Variant);
        return File.ReadAllBytes(Path).AsSpan().SequenceEqual(File.ReadAllBytes(again));
    }
}
