using MemSentry.Mutants.Kinds;
using MemSentry.Mutants.Sites;
using MemSentry.Mutants.Subjects;
using MemSentry.Verifier;
using Mono.Cecil;

namespace MemSentry.Mutants.Running;

/// <summary>Breaks members of one woven subject, many in one copy, and has each copy verified.</summary>
public static class MemberRounds
{
    /// <summary>Runs a sample.</summary>
    /// <exception cref="InvalidOperationException">A member was rejected that nobody broke.</exception>
    public static IEnumerable<Judged> Run(WovenSubject subject, Sample sample)
    {
        foreach (IReadOnlyCollection<Choice> round in sample.Rounds)
        {
            using ModuleDefinition module = subject.Read();
            Dictionary<string, Mutant> broken = round.Select(c => Break(module, c, subject.Subject)).ToDictionary(b => b.Member, b => b.Mutant);
            ILookup<string?, VerifierCode> findings = subject.Verify(module).Findings.ToLookup(f => f.Member, f => f.Code);
            if (findings.FirstOrDefault(f => f.Key is null || !broken.ContainsKey(f.Key)) is { } stray)
                throw new InvalidOperationException($"{subject.Subject.Name}: nobody broke {stray.Key ?? "the module"}, but the verifier rejects it (MS{(int)stray.First()}).");

            foreach ((string member, Mutant mutant) in broken)
                yield return new Judged(mutant, VerdictOf(findings[member]));
        }
    }

    private static (string Member, Mutant Mutant) Break(ModuleDefinition module, Choice choice, Subject subject)
    {
        var member = (MethodDefinition)module.LookupToken(choice.Member);
        MemberMutation mutation = choice.Kind.MutationsOf(member).ElementAt(choice.Position);
        string name = MemberNames.Of(member);
        var mutant = new Mutant(choice.Kind.Name, mutation.How, subject.Name, $"{name} at IL_{mutation.Site.Offset:x4}");
        mutation.Apply(new MutableBody(member));
        return (name, mutant);
    }

    private static Verdict VerdictOf(IEnumerable<VerifierCode> codes) =>
        !codes.Any() ? Verdict.Accepted : codes.All(c => c == VerifierCode.NotUnderstood) ? Verdict.NotUnderstood : Verdict.Rejected;
}
