using System.Diagnostics;
using MemSentry.Mutants.Running;
using MemSentry.Mutants.Subjects;
using MemSentry.Verifier;

namespace MemSentry.Mutants;

public static class Program
{
    public static int Main(string[] args)
    {
        var clock = Stopwatch.StartNew();
        string folder = Directory.CreateTempSubdirectory("memsentry-subjects-").FullName;
        Subject[] subjects = [.. SubjectCatalog.Small(folder), .. SubjectCatalog.Real()];
        if (args.Length > 0) subjects = [.. subjects.Where(s => s.Name.Contains(args[0]))];
        Console.WriteLine($"prepared {clock.Elapsed}");
        var all = new List<Judged>();
        Parallel.ForEach(subjects.Reverse(), new ParallelOptions { MaxDegreeOfParallelism = 2 }, s =>
        {
            try {
            var t = Stopwatch.StartNew();
            using var woven = new WovenSubject(s);
            var woventime = t.Elapsed.TotalSeconds;
            VerificationReport r = woven.Verify();
            if (!r.Accepted) Console.WriteLine("!!! " + s.Name + " " + r.Findings[0]);
            Sample sample;
            using (var m = woven.Read()) sample = Sample.Draw(m, new Random(1), s.Rounds == 1 ? 25 : 10, s.Rounds);
            Judged[] judged = [.. MemberRounds.Run(woven, sample)];
            lock (all) all.AddRange(judged);
            Console.WriteLine($"{s.Name} {judged.Length} weave {woventime:0.0} all {t.Elapsed.TotalSeconds:0.0} rounds {sample.Rounds.Count()}");
            } catch (Exception e) { Console.WriteLine("!!! " + s.Name + e); }
        });
        foreach (var g in all.GroupBy(j => j.Mutant.Kind).OrderBy(g => g.Key))
            Console.WriteLine($"{g.Key,-24} {g.Count(j => j.Verdict == Verdict.Rejected)}/{g.Count()} notunderstood {g.Count(j => j.Verdict == Verdict.NotUnderstood)}");
        Console.WriteLine($"equivalent {all.Count(j => j.Verdict == Verdict.Equivalent)}");
        foreach (var j in all.Where(j => j.Verdict is not (Verdict.Rejected or Verdict.Equivalent)).OrderBy(j => j.ToString()))
            Console.WriteLine($"{j.Verdict} {j.Mutant}");
        Console.WriteLine($"{all.Count} {clock.Elapsed}");
        return 0;
    }
}
