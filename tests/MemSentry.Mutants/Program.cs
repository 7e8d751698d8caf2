using MemSentry.Analysis.Diagnostics;
using MemSentry.Mutants.Reporting;
using MemSentry.Mutants.Running;
using MemSentry.Mutants.Subjects;
using MemSentry.Mutants.Survivors;
using MemSentry.Mutants.Switches;

namespace MemSentry.Mutants;

/// <summary>The mutants as a program; without arguments it measures and prints the figure <c>verify-mutants</c>.</summary>
public static class Program
{
    private const int Seed = 1;

    /// <summary>Runs.</summary>
    /// <param name="args">Nothing; or <c>smoke</c> for few mutants of the small subjects, which none may survive without being shown equivalent; or <c>switches</c> for many mutants of gates and bodies; or part of a subject's name. <c>probe FOLDER</c> breaks the compiled fixtures in a folder, for the search of seeded bugs.</param>
    /// <returns>0 if the verifier rejects what it has to, 1 if not or if that could not be measured.</returns>
    public static int Main(string[] args)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("memsentry-subjects-");
        try
        {
            return args switch
            {
                [] => Report(JudgeAll(folder.FullName), SurvivorFile.Read()),
                ["probe", string fixtures] => Print(Probe.Run(new Campaign(Seed, perKind: 25), [.. SubjectCatalog.AttacksIn(fixtures)])),
                ["switches"] => Report(SwitchRounds.Run(perKind: 40), []),
                ["smoke"] => Report(Judge(SubjectCatalog.Small(folder.FullName), perKind: 3), []),
                [string part] => Report(Judge(SubjectCatalog.Real().Concat(SubjectCatalog.Small(folder.FullName)).Where(s => s.Name.Contains(part, StringComparison.Ordinal)), perKind: 12), []),
                _ => Refuse("Usage: MemSentry.Mutants [smoke | switches | PART-OF-A-SUBJECT'S-NAME]"),
            };
        }
        catch (AggregateException e) when (e.InnerExceptions.All(IsExpected))
        {
            return Refuse($"verify-mutants could not be measured: {e.InnerExceptions[0].Message}");
        }
        catch (Exception e) when (IsExpected(e))
        {
            return Refuse($"verify-mutants could not be measured: {e.Message}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Gates and bodies are few, and are broken one after the other: that goes on beside the rest.</summary>
    private static IReadOnlyList<Judged> JudgeAll(string folder)
    {
        Task<IReadOnlyList<Judged>> switches = Task.Run(() => SwitchRounds.Run(perKind: 2));
        return [.. Judge(SubjectCatalog.Real().Concat(SubjectCatalog.Small(folder)), perKind: 12), .. switches.GetAwaiter().GetResult()];
    }

    private static IReadOnlyList<Judged> Judge(IEnumerable<Subject> subjects, int perKind) => new Campaign(Seed, perKind).Run(subjects);

    private static int Report(IReadOnlyList<Judged> judged, IEnumerable<Survivor> explained) => Print(new MutantReport(judged, explained));

    private static int Print(MutantReport report)
    {
        foreach (string line in report.Lines())
            Console.WriteLine(line);
        Console.WriteLine($"verify-mutants {report.Rejected}/{report.Total} passed/total");
        return report.IsPerfect ? 0 : 1;
    }

    private static bool IsExpected(Exception e) => e is WeaveException or InvalidOperationException or IOException or FormatException;

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
