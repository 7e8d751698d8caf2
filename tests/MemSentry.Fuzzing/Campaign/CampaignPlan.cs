using System.Globalization;
using MemSentry.Attacks.Building;
using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Generation;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>Which members a campaign tries, and how: all of it follows from the seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="BatchSize">Members in a batch.</param>
public sealed record CampaignPlan(long Seed, int BatchSize)
{
    /// <summary>Members in a batch of a long campaign: more cost memory, fewer compile the prelude too often.</summary>
    public const int UsualBatchSize = 200;

    /// <summary>A batch: its form, configuration and mode are drawn, and so is one way to weave besides those that every member is tried with.</summary>
    /// <param name="number">Its number in the campaign.</param>
    public Batch Batch(int number)
    {
        Dice dice = Dice.For(Seed, -1 - number);
        MemberForm form = dice.Any<MemberForm>();
        BuildConfiguration configuration = dice.Any<BuildConfiguration>();
        FuzzMode mode = FuzzMode.All[number % FuzzMode.All.Count];
        FuzzArm[] arms = [.. FuzzArms.Full, dice.Of(FuzzArms.Other)];
        Member[] members = [.. Enumerable.Range(0, BatchSize).Select(i => MemberGenerator.Make(Seed, First(number) + i, form))];
        return new(string.Create(CultureInfo.InvariantCulture, $"Fuzz{number}"), form, configuration, arms, mode, members);
    }

    /// <summary>The number in the campaign of a batch's first member.</summary>
    public long First(int batch) => (long)batch * BatchSize;
}
