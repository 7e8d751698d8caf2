using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using MemSentry.Attacks.Building;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Running;

/// <summary>The child process: loads one build of the fixtures, runs the rows, prints one line before and one after each.</summary>
public static class ExperimentProgram
{
    /// <summary>Starts a line that names the row about to run: the last one tells where a process died.</summary>
    public const string Begin = "begin ";

    /// <summary>Starts a line with a <see cref="RowFacts"/>.</summary>
    public const string Facts = "facts ";

    /// <summary>Starts a line that says that the next attack may end this process: if it does, the next process judges what this one wrote.</summary>
    public const string Alone = "alone ";

    /// <summary>Last line of a complete run.</summary>
    public const string End = "end";

    private const int RowsUnderWay = 300;

    /// <summary>Runs all rows whose name contains <paramref name="filter"/>.</summary>
    /// <param name="folder">Where the fixtures are.</param>
    /// <param name="seed">What the secret is made from.</param>
    /// <param name="filter">Part of the name; empty for all.</param>
    /// <param name="skipped">How many rows are left out, because an earlier process came that far.</param>
    /// <param name="faults">The kinds of accesses that may end the process when they are blocked: such rows run in forks.</param>
    /// <param name="death">What an earlier process wrote when the first row ended it; empty if none did.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string folder, int seed, string filter, int skipped, IReadOnlyList<SafeRegionViolationKind> faults, string death)
    {
        Assembly[] fixtures =
        [
            Assembly.LoadFrom(Path.Combine(folder, CSharpFixtures.FileName)),
            Assembly.LoadFrom(Path.Combine(folder, IlFixtures.FileName)),
        ];

        // A region can only be had once woven code has started the runtime (or the fallback says that nobody protects it).
        foreach (Assembly fixture in fixtures)
            RuntimeHelpers.RunModuleConstructor(fixture.ManifestModule.ModuleHandle);

        using SafeRegion region = SafeRegion.Allocate(Pattern.Length, new SafeRegionOptions { Name = "attack target" });
        Secrets.Region = region;
        var experiment = new Experiment(new Pattern(seed), RegionTarget(fixtures[0], region), OrdinaryTarget(), fixtures, faults);
        var underWay = new Queue<Func<RowFacts>>();
        foreach (AttackRow row in fixtures.SelectMany(fixture => AttackRow.In(fixture, filter)).Skip(skipped))
        {
            Console.WriteLine(Begin + row.Name);
            if (death.Length == 0 && experiment.RunsAlone(row))
            {
                // Nothing may be lost with this process.
                while (underWay.TryDequeue(out Func<RowFacts>? earlier))
                    Print(earlier());
                Console.WriteLine(Alone + row.Name);
            }

            underWay.Enqueue(experiment.Start(row, death.Length == 0 ? null : death));
            death = "";
            if (underWay.Count > (experiment.Forks ? RowsUnderWay : 0))
                Print(underWay.Dequeue()());
        }

        while (underWay.TryDequeue(out Func<RowFacts>? row))
            Print(row());

        Console.WriteLine(End);
        return 0;
    }

    private static void Print(RowFacts facts) => Console.WriteLine(Facts + JsonSerializer.Serialize(facts, FactsJson.Default.RowFacts));

    // The vault is whitelisted code of the fixtures themselves: as in a real program, the owner of the secret is woven too.
    internal static Target RegionTarget(Assembly fixtures, SafeRegion region)
    {
        Type vault = fixtures.GetType("MemSentry.Attacks.Vaults.Vault", throwOnError: true)!;
        var address = vault.GetMethod("Address")!.CreateDelegate<Func<SafeRegion, nint>>();
        var fill = vault.GetMethod("Fill")!.CreateDelegate<Action<SafeRegion, byte[]>>();
        var read = vault.GetMethod("Read")!.CreateDelegate<Action<SafeRegion, byte[]>>();
        return new(address(region) + Pattern.Target, bytes => fill(region, bytes), bytes => read(region, bytes));
    }

    private static unsafe Target OrdinaryTarget()
    {
        nint start = (nint)NativeMemory.AlignedAlloc(Pattern.Length, 64);
        return new(
            start + Pattern.Target,
            bytes => Marshal.Copy(bytes, 0, start, bytes.Length),
            bytes => Marshal.Copy(start, bytes, 0, bytes.Length));
    }
}
