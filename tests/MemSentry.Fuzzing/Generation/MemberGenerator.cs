using MemSentry.Fuzzing.Generation.Tree;

namespace MemSentry.Fuzzing.Generation;

/// <summary>Makes random members. The same seed and number give the same member everywhere.</summary>
public static class MemberGenerator
{
    private static readonly int[] Scales = [1, 2, 4, 8, 16, 24];

    /// <summary>A member.</summary>
    /// <param name="seed">The seed of the series.</param>
    /// <param name="number">Its number in the series.</param>
    /// <param name="form">How it is to become IL.</param>
    public static Member Make(long seed, long number, MemberForm form)
    {
        Dice dice = Dice.For(seed, number);
        MemberShape shape = form == MemberForm.Il
            ? MemberShape.Plain
            : dice.Weighted((8, MemberShape.Plain), (1, MemberShape.Async), (1, MemberShape.Iterator));
        VariableType variables = dice.Of(form == MemberForm.Il ? Enum.GetValues<VariableType>() : [VariableType.Pointer, VariableType.NativeInteger]);
        int scale = dice.Of(Scales);
        bool isShort = dice.Percent(50);
        var statements = new StatementGenerator(dice, form, isShort);
        return new(form, shape, variables, scale, isShort, statements.Block(dice.Below(5) + 4, 3, new(MayReturn: true, MayAwait: shape != MemberShape.Plain)));
    }
}
