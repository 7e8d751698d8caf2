using System.Diagnostics;
using System.Globalization;
using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Campaign;
using MemSentry.Fuzzing.Generation;
using MemSentry.Fuzzing.Generation.CSharp;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing;

/// <summary>The fuzzer as a program; without arguments it measures and prints the figure <c>fuzz</c>.</summary>
public static class Program
{
    private const int EnoughMembers = 2000;
    private const long UsualSeed = 1;
    private static readonly TimeSpan FigureTime = TimeSpan.FromSeconds(40);

    /// <summary>Runs.</summary>
    /// <returns>0 if enough was run and nothing found, 1 if not.</returns>
    public static int Main(string[] args)
    {
        switch (args)
        {
            case ["run", string file]:
                return Runner.Run(file);
            case ["show", string seed, string n]:
                Console.WriteLine(MemberText.Of(MemberGenerator.Make(long.Parse(seed, CultureInfo.InvariantCulture), long.Parse(n, CultureInfo.InvariantCulture), MemberForm.CSharp), "M0"));
                return 0;
            default:
                return Figure();
        }
    }

    private static int Figure()
    {
        var watch = Stopwatch.StartNew();
        var plan = new CampaignPlan(UsualSeed, CampaignPlan.UsualBatchSize);
        Tally tally = new CampaignRun(plan, Engine.Own, _ => watch.Elapsed > FigureTime).Run(Environment.ProcessorCount);
        foreach (string line in Report.Lines(plan, tally))
            Console.WriteLine(line);
        int found = tally.Divergences + tally.Escapes;
        Console.WriteLine($"fuzz {found} count");
        return found == 0 && tally.Members >= EnoughMembers ? 0 : 1;
    }
}
