using System.Collections.Concurrent;
using MemSentry.Attacks.Building;
using MemSentry.Mutants.Subjects;
using MemSentry.SeededBugs.Bugs;
using MemSentry.SeededBugs.Finding;

namespace MemSentry.SeededBugs;

/// <summary>The seeded bugs as a program; without arguments it measures and prints the figure <c>seeded-bugs</c>.</summary>
public static class Program
{
    /// <summary>Runs.</summary>
    /// <param name="args">Nothing, or part of the names of the bugs to look for; <c>tests ASSEMBLY PART-OF-A-NAME...</c> is the child's own face.</param>
    /// <returns>0 if every bug is found, 1 if not or if that could not be measured.</returns>
    public static int Main(string[] args) => args is ["tests", string assembly, .. string[] parts] ? TestRun.Run(assembly, parts) : Measure(args);

    // A method of its own: where tests run, what it needs is not there.
    private static int Measure(string[] args)
    {
        SeededBug[] bugs = [.. BugCatalog.All.Where(b => args is not [{ } part] || b.Name.Contains(part, StringComparison.Ordinal))];
        DirectoryInfo fixtures = Directory.CreateTempSubdirectory("memsentry-fixtures-");
        var compiled = Task.Run(() => SubjectCatalog.CompileAttacks(BuildConfiguration.Release, fixtures.FullName));
        try
        {
            return Measure(bugs, fixtures.FullName, compiled);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(IsExpected))
        {
            return Refuse(e.InnerExceptions[0]);
        }
        catch (Exception e) when (IsExpected(e))
        {
            return Refuse(e);
        }
        finally
        {
            Task.WaitAny(compiled);
            fixtures.Delete(recursive: true);
        }
    }

    private static int Measure(SeededBug[] bugs, string fixtures, Task compiled)
    {
        using var search = new Search(Detector.All(fixtures, compiled));
        string?[] found = new string?[bugs.Length];

        // What takes longest comes first, so that no processor is left alone with it at the end.
        IEnumerable<int> order = Enumerable.Range(0, bugs.Length).OrderByDescending(i => bugs[i].Likely);
        Parallel.ForEach(
            Partitioner.Create(order, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            i => found[i] = search.Find(bugs[i]));
        for (int i = 0; i < bugs.Length; i++)
            Console.WriteLine($"{bugs[i].Name,-44} {found[i] ?? "NOT FOUND"}");
        foreach (string line in search.Times)
            Console.WriteLine(line);

        int count = found.Count(f => f is not null);
        Console.WriteLine($"seeded-bugs {count}/{bugs.Length} found/total");
        return count == bugs.Length && count > 0 ? 0 : 1;
    }

    private static bool IsExpected(Exception e) => e is SeedException or InvalidOperationException or IOException;

    private static int Refuse(Exception e)
    {
        Console.Error.WriteLine($"seeded-bugs could not be measured: {e.Message}");
        return 1;
    }
}
