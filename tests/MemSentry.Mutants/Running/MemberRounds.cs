using MemSentry.Mutants.Subjects;
using MemSentry.Verifier;
using Mono.Cecil;

namespace MemSentry.Mutants.Running;

/// <summary>Breaks members of one woven subject, many in one copy, and has each copy verified.</summary>
internal static class MemberRounds
{
    /// <summary>Runs a sample.</summary>
    /// <exception cref="InvalidOperationException">A member was rejected that nobody broke.</exception>
    public static IEnumerable<Judged> Run(WovenSubject subject, Sample sample)
    {
        foreach (IReadOnlyCollection<Choice> round in sample.Rounds)
        {
            using ModuleDefinition module = subject.Read();
            Dictionary<string, BrokenMember> broken = round.Select(c => BrokenMember.Break(module, c, subject.Subject)).ToDictionary(b => b.Name);
            ILookup<string?, VerifierCode> findings = subject.Verify(module).Findings.ToLookup(f => f.Member, f => f.Code);
            if (findings.FirstOrDefault(f => f.Key is null || !broken.ContainsKey(f.Key)) is { } stray)
                throw new InvalidOperationException($"{subject.Subject.Name}: nobody broke {stray.Key ?? "the module"}, but the verifier rejects it (MS{(int)stray.First()}).");

            foreach (BrokenMember member in broken.Values)
                yield return new Judged(member.Mutant, VerdictOf(findings[member.Name], member));
        }
    }

    private static Verdict VerdictOf(IEnumerable<VerifierCode> codes, BrokenMember member) =>
        codes.Any(c => c != VerifierCode.NotUnderstood) ? Verdict.Rejected : codes.Any() ? Verdict.NotUnderstood : member.IsCheckedElsewhere ? Verdict.Equivalent : Verdict.Accepted;
}
