using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;

namespace MemSentry.Fuzzing.Generation;

/// <summary>Makes random numbers.</summary>
internal sealed class NumberGenerator(Dice dice, Reach reach, Func<int, Pointer> pointer)
{
    private static readonly long[] Constants = [0, 1, 2, 3, 7, 8, 63, 64, -1, -2, 255, 256, 65535, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 42, 1L << 46, long.MaxValue, long.MinValue];

    /// <summary>A number.</summary>
    /// <param name="depth">How deep it may be nested.</param>
    public Number Make(int depth)
    {
        if (depth <= 0)
            return Leaf();
        return dice.Below(20) switch
        {
            < 3 => Leaf(),
            < 6 => new Number.Binary(dice.Of(reach.Operations), Make(depth - 1), Make(depth - 1)),
            6 => new Number.Narrowed(dice.Any<Width>(), Make(depth - 1)),
            7 => new Number.Compared(dice.Any<Comparison>(), Make(depth - 1), Make(depth - 1)),
            8 => dice.Percent(40) ? new Number.PointerCompared(dice.Any<Comparison>(), pointer(1), pointer(1)) : new Number.Choice(Make(1), Make(depth - 1), Make(depth - 1)),
            9 => dice.Percent(50) ? new Number.Referred() : new Number.Element(Make(depth - 1)),
            10 => new Number.Cell(Make(depth - 1)),
            11 => new Number.Call(dice.Of(Callees.All), pointer(depth), Make(depth - 1)),
            _ => Read(depth),
        };
    }

    /// <summary>A number that is read from memory.</summary>
    public Number Read(int depth) => dice.Below(10) switch
    {
        < 4 => new Number.Load(dice.Any<Width>(), Routes.Plain, pointer(depth)),
        < 7 => new Number.Load(dice.Any<Width>(), dice.Of(Routes.All).Name, pointer(depth)),
        7 => new Number.LoadTwice(dice.Any<Width>(), pointer(depth)),
        _ => new Number.Field(dice.Of(reach.Fields).Name, pointer(depth)),
    };

    /// <summary>A number that needs no call, and no access that a null pointer could stop.</summary>
    public Number Leaf() => dice.Below(6) switch
    {
        0 => new Number.Constant(dice.Of(Constants)),
        1 => new Number.Constant(dice.Below(8)),
        2 => new Number.Index(),
        3 => new Number.Cell(new Number.Constant(dice.Below(8))),
        _ => new Number.Variable(dice.Below(Member.NumberVariables)),
    };
}
