using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;

namespace MemSentry.Fuzzing.Generation;

/// <summary>Makes random pointers.</summary>
internal sealed class PointerGenerator(Dice dice, Reach reach, Func<int, Number> number, MemberForm form)
{
    private static readonly IndexType[] Wide = [IndexType.I8, IndexType.U8, IndexType.Native];
    private static readonly IndexType[] Signed = [IndexType.I4, IndexType.I8, IndexType.Native];
    private static readonly int[] Sizes = [1, 1, 2, 4, 8, 16, 24];

    /// <summary>A pointer.</summary>
    /// <param name="depth">How deep it may be nested.</param>
    /// <param name="isStored">Whether it goes into a variable, so that its moves add up.</param>
    public Pointer Make(int depth, bool isStored = false)
    {
        if (depth <= 0)
            return Leaf();
        return dice.Below(10) switch
        {
            < 4 => Leaf(),
            < 7 => Moved(depth, isStored),
            7 => dice.Percent(40) ? FieldAddress(depth, isStored) : new Pointer.Choice(number(1), Make(depth - 1, isStored), Make(depth - 1, isStored), form == MemberForm.Il && dice.Percent(50)),
            _ => new Pointer.Passed(dice.Of(Passages.All).Name, Make(depth - 1, isStored)),
        };
    }

    private Pointer Leaf() => dice.Below(20) switch
    {
        < 2 => new Pointer.Near(),
        < 7 => new Pointer.Target(),
        < 9 => new Pointer.Displaced(dice.Of(Wide)),
        < 11 => new Pointer.Indexed(dice.Of(Signed)),
        < 13 => new Pointer.Entry(dice.Below(8)),
        < 17 => new Pointer.Variable(dice.Below(Member.PointerVariables)),
        _ => new Pointer.Kept(dice.Any<Place>()),
    };

    private Pointer Moved(int depth, bool isStored)
    {
        int size = dice.Of(Sizes);
        Pointer from = Make(depth - 1, isStored);
        return isStored && !reach.Pay(7 * size) ? from : new Pointer.Moved(from, number(depth - 1), dice.Any<IndexType>(), size, dice.Percent(30));
    }

    private Pointer FieldAddress(int depth, bool isStored)
    {
        Pointer from = Make(depth - 1, isStored);
        return isStored && !reach.Pay(Reach.FieldCost) ? from : new Pointer.FieldAddress(dice.Of(reach.Fields).Name, from);
    }
}
