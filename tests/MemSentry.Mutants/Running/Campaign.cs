using MemSentry.Mutants.Subjects;
using MemSentry.Verifier;
using Mono.Cecil;

namespace MemSentry.Mutants.Running;

/// <summary>Weaves subjects, breaks them, and has the verifier judge what is left.</summary>
/// <param name="seed">Where chance starts; the same seed gives the same mutants.</param>
/// <param name="perKind">How many mutants of each kind are wanted of a subject.</param>
public sealed class Campaign(int seed, int perKind)
{
    /// <summary>Runs, as many subjects at once as there are processors.</summary>
    /// <returns>Every mutant with its verdict, in an order that does not depend on time.</returns>
    /// <exception cref="InvalidOperationException">The verifier rejects a subject, or a member of it, that nobody broke.</exception>
    /// <exception cref="Analysis.Diagnostics.WeaveException">The weaver refuses a subject.</exception>
    public IReadOnlyList<Judged> Run(IEnumerable<Subject> subjects) =>
    [
        .. subjects.AsParallel().WithMergeOptions(ParallelMergeOptions.NotBuffered).SelectMany(Break).OrderBy(j => j.Mutant.ToString(), StringComparer.Ordinal),
    ];

    private List<Judged> Break(Subject subject)
    {
        using var woven = new WovenSubject(subject);
        VerificationReport original = woven.Verify();
        if (!original.Accepted)
            throw new InvalidOperationException($"{subject.Name}: nobody broke it, but the verifier rejects it: {original.Findings[0]}");

        Sample sample;
        using (ModuleDefinition module = woven.Read())
            sample = Sample.Draw(module, new Random(seed), perKind, subject.Rounds);
        List<Judged> judged = [.. MemberRounds.Run(woven, sample)];
        if (subject.IsSmall)
            judged.AddRange(ModuleRounds.Run(woven));
        return judged;
    }
}
