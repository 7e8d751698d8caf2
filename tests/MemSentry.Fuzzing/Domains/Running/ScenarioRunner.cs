using System.Text.Json;
using MemSentry.CompilerServices;
using MemSentry.Fuzzing.Domains.Building;
using MemSentry.Fuzzing.Judging;
using MemSentry.Fuzzing.Running;
using MemSentry.Tests;

namespace MemSentry.Fuzzing.Domains.Running;

/// <summary>The child process: reads orders from standard input, one a line, and answers as <see cref="Runner"/> does. What unwoven scenarios do it leaves in a file beside their assembly.</summary>
internal static class ScenarioRunner
{
    // Continuations wait for others on threads of the pool, which is slow to get more of them.
    private const int Threads = 64;

    /// <summary>Runs until standard input ends.</summary>
    /// <param name="positionFile">The file for <see cref="Position"/>.</param>
    /// <param name="method">The methods of the domains in this process.</param>
    public static int Run(string positionFile, string method)
    {
        ThreadPool.SetMinThreads(Threads, Threads);
        bool isUnwoven = method == DomainMethod.None.Name;
        if (isUnwoven)
            WovenModule.Start("MemSentry.Fuzzing", AddressSpaceLayout.Version, DomainMethod.None.Settings + ";");
        using var position = new Position(positionFile);
        while (Console.In.ReadLine() is { } line)
        {
            RunOrder order = JsonSerializer.Deserialize<RunOrder>(line)!;
            position.Member = -1;
            RunCounts counts = isUnwoven ? RunUnwoven(order, position) : RunWoven(order, position);
            Console.Out.WriteLine(Runner.DoneMark + JsonSerializer.Serialize(counts));
        }

        return 0;
    }

    private static RunCounts RunUnwoven(RunOrder order, Position position)
    {
        var scenarios = new LoadedScenarios(order.Unwoven, staysOpenForCallees: true, _ => false);
        if (order.First == 0)
            TraceFile.Clear(order.Unwoven);
        for (int i = order.First; i < order.Members.Count; i++)
        {
            (position.Member, position.Assembly) = (i, 0);
            TraceFile.Add(order.Unwoven, order.Members[i].Number, scenarios.Run(order.Members[i].Number));
        }

        return new(order.Members.Count - order.First, 0);
    }

    private static RunCounts RunWoven(RunOrder order, Position position)
    {
        IReadOnlyDictionary<int, string> expected = TraceFile.Read(order.Unwoven);
        (WovenFile File, LoadedScenarios Scenarios)[] woven = [.. order.Woven.Select(f => (f, new LoadedScenarios(f.Path, f.StaysOpenForCallees, IsOpen)))];
        int run = 0;
        for (int i = order.First; i < order.Members.Count; i++)
        {
            int number = order.Members[i].Number;
            if (!expected.TryGetValue(number, out string? trace))
                continue;
            run++;
            position.Member = i;
            for (int j = 0; j < woven.Length; j++)
            {
                position.Assembly = j + 1;
                foreach (Finding finding in Judge(number, woven[j].File.Arm, woven[j].Scenarios, trace))
                    Console.Out.WriteLine(Runner.FindingMark + JsonSerializer.Serialize(finding));
            }
        }

        return new(run, 0, woven.Sum(w => w.Scenarios.Gates), woven.Sum(w => w.Scenarios.Looks));
    }

    private static IEnumerable<Finding> Judge(int number, string arm, LoadedScenarios scenarios, string expected)
    {
        string trace = scenarios.Run(number);
        if (scenarios.Leaks.Count > 0)
            yield return new(FindingKind.Leaked, number, arm, "", string.Join(", ", scenarios.Leaks.Distinct().Take(4)));
        if (trace != expected)
            yield return new(FindingKind.Diverged, number, arm, "", $"unwoven {expected}, woven {trace}");
    }

    // One domain may have keys, or ciphertext, and the other one none.
    private static bool IsOpen(nint address) => (RegionProbe.MeetsKeys && KeyProbe.HasAnyOpen) || (RegionProbe.CanBeRead(address) && RegionProbe.IsText(address));
}
