using System.Globalization;
using MemSentry.Attacks.Building;
using MemSentry.Fuzzing.Domains.Building;
using MemSentry.Fuzzing.Domains.Generation;
using MemSentry.Fuzzing.Domains.Tree;
using MemSentry.Fuzzing.Generation;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Domains.Campaign;

/// <summary>Which scenarios a campaign tries, and how: all of it follows from the seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="BatchSize">Scenarios in a batch.</param>
public sealed record DomainPlan(long Seed, int BatchSize)
{
    /// <summary>A batch: methods and modes take turns, the rest is drawn.</summary>
    /// <param name="number">Its number in the campaign.</param>
    public DomainBatch Batch(int number)
    {
        Dice dice = Dice.For(Seed, -1 - number);
        DomainMethod method = DomainMethod.All[number % DomainMethod.All.Count];
        FuzzMode mode = FuzzMode.All[number % FuzzMode.All.Count];
        Scenario[] scenarios = [.. Enumerable.Range(0, BatchSize).Select(i => ScenarioGenerator.Make(Seed, First(number) + i))];
        return new(string.Create(CultureInfo.InvariantCulture, $"Windows{number}"), dice.Any<BuildConfiguration>(), method, dice.Of(DomainArm.Of(method)), mode, scenarios);
    }

    /// <summary>The number in the campaign of a batch's first scenario.</summary>
    public long First(int batch) => (long)batch * BatchSize;
}
