using MemSentry.Fuzzing.Generation;
using static MemSentry.AddressSpaceLayout;

namespace MemSentry.Fuzzing.Running;

/// <summary>What a member is called with: ordinary pointers, null, and every way to poison one.</summary>
internal sealed class Situations(Windows windows)
{
    // The middle of the first page: what is displaced from it in either direction is still null to .NET.
    private const int LowAddress = 2048;

    // A far index reaches a quarter of a gigabyte, times the scale: still inside the block.
    private const int FarIndex = 1 << 28;
    private static readonly ulong[] Edges = [BlockStart, ArenaStart, ArenaStart + ArenaLength, BlockStart + BlockLength];

    /// <summary>All situations of a member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="dice">Decides about indices and edges.</param>
    public IEnumerable<Situation> Of(RunMember member, Dice dice)
    {
        int index = dice.Below(16);
        long distance = dice.Below(16);
        MemberArguments ordinary = new(windows.Near.Middle, windows.Target.Middle, windows.Table.Start, index, distance);
        yield return Plain("ordinary", ordinary);
        yield return Plain("ordinary, backwards", ordinary with { Index = -index - 1, Distance = -distance, Target = windows.Target.Middle - dice.Below(64) });
        if (member.IsShort)
            yield return Plain("null", ordinary with { Target = LowAddress, Index = index % 4 });
        yield return Poisoned("target in the region", ordinary with { Target = windows.Region.Middle + dice.Below(64) });
        yield return Poisoned("table in a region", ordinary with { Table = windows.TableRegion.Start });
        yield return Poisoned("pointers into the region in the table", ordinary) with { TableContent = windows.PoisonedTable };
        yield return Poisoned("distance to the region", ordinary with { Distance = (windows.Region.Middle - windows.Near.Middle) / member.Scale });
        yield return Far(member, ordinary, dice);
        yield return Edge(ordinary, dice);
    }

    private Situation Plain(string name, MemberArguments arguments) => new(name, false, true, false, arguments, windows.OrdinaryTable, [], []);

    private Situation Poisoned(string name, MemberArguments arguments) => new(name, true, true, false, arguments, windows.OrdinaryTable, [], []);

    // The target lies in the block, far from the region, and only the index leads there.
    private Situation Far(RunMember member, MemberArguments ordinary, Dice dice)
    {
        int index = dice.Percent(50) ? FarIndex : -FarIndex;
        nint target = windows.Region.Middle - ((nint)index * member.Scale);
        return Poisoned("index to the region", ordinary with { Target = target, Index = index }) with
        {
            MoreDecoys = [windows.Decoys.At(Decoys.Masked(target))],
            MoreSecrets = [windows.Decoys.At(target)],
        };
    }

    // From outside the block, what is displaced may get into a guard; from inside nothing may go anywhere.
    private Situation Edge(MemberArguments ordinary, Dice dice)
    {
        var edge = (nint)dice.Of(Edges);
        bool isOuter = (ulong)edge is BlockStart or BlockStart + BlockLength;
        bool isHeader = (ulong)edge is ArenaStart;
        Window near = windows.Decoys.At(edge, isHalf: isHeader);
        Window masked = windows.Decoys.At(Decoys.Masked(edge));
        return Poisoned($"target at the edge 0x{edge:x}", ordinary with { Target = edge - 24 + dice.Below(48) }) with
        {
            UnwovenSurvives = !isHeader,
            NeedsBoth = isHeader,
            MoreDecoys = isOuter ? [near, masked] : [masked],
            MoreSecrets = isOuter ? [] : [near],
        };
    }
}
