using MemSentry.Mutants.Kinds.Modules;
using MemSentry.Mutants.Subjects;
using MemSentry.Verifier;
using Mono.Cecil;

namespace MemSentry.Mutants.Running;

/// <summary>Breaks what holds for the whole of one woven subject, in a copy for each mutation.</summary>
internal static class ModuleRounds
{
    /// <summary>Runs every kind.</summary>
    public static IEnumerable<Judged> Run(WovenSubject subject)
    {
        foreach (IModuleMutationKind kind in ModuleKinds.All)
        {
            int count;
            using (ModuleDefinition module = subject.Read())
                count = kind.MutationsOf(module).Count();
            for (int i = 0; i < count; i++)
                yield return Judge(subject, kind, i);
        }
    }

    private static Judged Judge(WovenSubject subject, IModuleMutationKind kind, int position)
    {
        using ModuleDefinition module = subject.Read();
        ModuleMutation mutation = kind.MutationsOf(module).ElementAt(position);
        string[]? whitelist = mutation.AsksUser ? TrustListText.LinesOf(module) : null;
        mutation.Apply(module);
        VerificationReport report = subject.Verify(module, whitelist);
        var mutant = new Mutant(kind.Name, mutation.How, subject.Subject.Name, "module");
        return new Judged(mutant, VerdictOf(report, mutation, subject));
    }

    /// <summary>What a claim that is not so leaves unproven may be anything in any member.</summary>
    private static Verdict VerdictOf(VerificationReport report, ModuleMutation mutation, WovenSubject subject) =>
        report.Findings.Any(f => f.Code == mutation.Expected || (mutation.Claims is not null && f.Member is not null)) ? Verdict.Rejected
        : mutation.Claims is { } settings && subject.IsSameWith(settings) ? Verdict.Equivalent
        : Verdict.Accepted;
}
