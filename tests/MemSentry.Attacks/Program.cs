using System.Globalization;
using System.Reflection;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Attacks.Building;
using MemSentry.Attacks.Coverage;
using MemSentry.Attacks.Domains;
using MemSentry.Attacks.Judging;
using MemSentry.Attacks.Reading;
using MemSentry.Attacks.Running;

namespace MemSentry.Attacks;

/// <summary>The attack matrix as a program; without arguments it measures and prints the figure <c>attacks-blocked</c>.</summary>
public static class Program
{
    /// <summary>Runs.</summary>
    /// <param name="args">Nothing, or after <c>matrix</c> part of a row's name and perhaps one arm, for a quick look at its Release build; <c>control</c> shows only that the attacks work on the unwoven build; <c>run FOLDER SEED FILTER SKIPPED FAULTS DEATH</c> is the child's own face, <c>domain FOLDER SEED ROWS</c> the one for domain-based methods; <c>domains</c> runs all rows with those, or part of them; <c>emulated</c> every twentieth row, or every so manieth, with <c>mpk</c> on a processor that has keys.</param>
    /// <returns>0 if everything was measured and every attack is blocked, 1 if not.</returns>
    public static int Main(string[] args) => args switch
    {
        ["run", string folder, string seed, string filter, string skipped, string faults, string death] =>
            ExperimentProgram.Run(folder, Number(seed), filter, Number(skipped), Kinds(faults), death),
        ["domain", string folder, string seed, string rows] => DomainExperiment.Run(folder, Number(seed), rows.Split(',').ToHashSet()),
        ["domains"] => MeasureDomains(""),
        ["domains", string filter] => MeasureDomains(filter),
        ["emulated"] => MeasureEmulated(EveryNthUnderEmulation),
        ["emulated", string every] => MeasureEmulated(Number(every)),
        [] or ["matrix"] => Measure(Arm.Woven, Configurations, ""),
        ["matrix", string filter] => Measure(Arm.Woven, Configurations, filter),
        ["matrix", string filter, string arm] => Measure([.. Arm.Woven.Concat(Arm.OtherTrusts).Where(a => a.Name == arm)], [BuildConfiguration.Release], filter),
        ["control"] => Measure([], Configurations, ""),
        _ => Refuse("Usage: MemSentry.Attacks [control | matrix [PART-OF-A-ROW-NAME [ARM]] | domains [PART-OF-A-ROW-NAME]]"),
    };

    private static readonly BuildConfiguration[] Configurations = Enum.GetValues<BuildConfiguration>();

    /// <summary>The rows about pointers that live across a call, which is all that <c>Trust</c> is about.</summary>
    private const string RowsAboutTrust = "ThenCalled";

    /// <summary>A figure has less than a minute, and each attack that ends a process costs it a fork; <c>domains</c> takes all.</summary>
    private const int EveryNthUnderDomains = 8;

    /// <summary>About a minute in an interpreter of machine code.</summary>
    private const int EveryNthUnderEmulation = 20;

    private static int Measure(IReadOnlyList<Arm> arms, IReadOnlyList<BuildConfiguration> configurations, string filter)
    {
        try
        {
            using var stage = new Stage();
            bool isAll = filter.Length == 0 && arms == Arm.Woven;
            List<Func<Matrix>> parts = [() => Matrix.Measure(stage, arms, configurations, ExecutionMode.Default, filter)];
            if (isAll)
                parts.Add(() => Matrix.Measure(stage, Arm.OtherTrusts, configurations, ExecutionMode.Default, RowsAboutTrust));

            // At once: a process that ends by a blocked access takes two seconds for it, in which it does nothing.
            Task<DomainMatrix>? withDomains = isAll ? Task.Run(() => DomainMatrix.Measure(stage, EveryNthUnderDomains)) : null;
            Matrix[] matrices = Task.WhenAll(parts.Select(Task.Run)).GetAwaiter().GetResult();
            DomainMatrix? domains = withDomains?.GetAwaiter().GetResult();
            foreach (string line in matrices.SelectMany(MatrixText.Lines).Concat(domains?.Lines ?? []))
                Console.WriteLine(line);
            Console.WriteLine(CoverageText.Line(DeclaredRow.In(stage.Folder(Arm.Unwoven, configurations[0]))));
            Console.WriteLine($"attacks-blocked {matrices.Sum(m => m.Passed) + (domains?.Passed ?? 0)}/{matrices.Sum(m => m.Total) + (domains?.Total ?? 0)} passed/total");
            return matrices.All(m => m.IsPerfect) && domains?.IsPerfect != false ? 0 : 1;
        }
        catch (AggregateException e) when (e.InnerExceptions.All(IsExpected))
        {
            return CouldNot(e.InnerExceptions[0]);
        }
        catch (Exception e) when (IsExpected(e))
        {
            return CouldNot(e);
        }
    }

    private static int MeasureDomains(string filter)
    {
        using var stage = new Stage();
        DomainMatrix matrix = DomainMatrix.Measure(stage, every: 1, filter);
        foreach (string line in matrix.Lines)
            Console.WriteLine(line);
        Console.WriteLine($"{matrix.Passed}/{matrix.Total}");
        return matrix.IsPerfect ? 0 : 1;
    }

    private static int MeasureEmulated(int every)
    {
        string root = typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;
        using var stage = new Stage();
        (DomainMatrix? matrix, string? skipped) = DomainMatrix.MeasureEmulated(stage, every, Path.Combine(root, "build", "emulate-pku.sh"));
        if (matrix is null)
        {
            Console.WriteLine(skipped);
            return EmulatedProcess.Skipped;
        }

        foreach (string line in matrix.Lines)
            Console.WriteLine(line);
        Console.WriteLine($"{matrix.Passed}/{matrix.Total}");
        return matrix.IsPerfect ? 0 : 1;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static SafeRegionViolationKind[] Kinds(string list) =>
        [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<SafeRegionViolationKind>)];

    private static bool IsExpected(Exception e) => e is WeaveException or InvalidOperationException or IOException or NotSupportedException;

    private static int CouldNot(Exception e) => Refuse($"attacks-blocked could not be measured: {e.Message}");

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
