using MemSentry.Corpus.Checks;
using MemSentry.Corpus.Children;
using MemSentry.Corpus.Subjects;

namespace MemSentry.Corpus;

/// <summary>Weaves the corpus and puts it to work; <c>child</c> is what it starts itself with.</summary>
public static class Program
{
    /// <summary>Runs.</summary>
    /// <returns>0 if everything holds.</returns>
    public static int Main(string[] args)
    {
        switch (args)
        {
            case ["child", string subject, string folder, string scratch, string members]:
                return ChildProgram.Run(subject, folder, scratch, members);
            case []:
                return Check(RunPlans.Figure, RunPlans.LeftOut);
            case ["all", .. string[] names]:
                return Check([.. RunPlans.Everything.Where(r => names.Length == 0 || names.Contains(r.Subject.Name))], "");
            default:
                Console.Error.WriteLine("Usage: MemSentry.Corpus [all [SUBJECT...]]");
                return 2;
        }
    }

    private static int Check(IReadOnlyList<PlannedRun> plan, string note)
    {
        using var corpus = new CorpusRun();
        int passed = 0;
        int total = 0;
        foreach (RunResult result in corpus.Subjects(plan).Concat(corpus.Controls(SubjectCatalog.Controls)))
        {
            Console.WriteLine(result);
            total++;
            passed += result.IsPassed ? 1 : 0;
        }

        Console.WriteLine(note);
        Console.WriteLine($"corpus {passed}/{total} passed/total");
        return passed == total ? 0 : 1;
    }
}
