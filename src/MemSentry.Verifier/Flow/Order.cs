using MemSentry.Verifier.Values;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// Which of two numbers is the smaller one, as a conditional branch finds out: each of them is bounded by the other, in every slot that holds the same bits. That is so on the
/// edge alone, and only of numbers that were made since the last call: the answer for older ones may be of before the call.
/// </summary>
/// <param name="first">The number that was pushed first.</param>
/// <param name="second">The other.</param>
/// <param name="branch">The branch without its short form.</param>
internal sealed class Order(Value first, Value second, IL branch)
{
    /// <summary>What a branch compares; null if that is not two numbers of one width.</summary>
    public static Order? Of(Instruction instruction, Frame frame)
    {
        IL opcode = instruction.OpCode.Code;
        IL? branch = opcode switch
        {
            >= IL.Bge and <= IL.Blt or (>= IL.Bge_Un and <= IL.Blt_Un) => opcode,
            >= IL.Bge_S and <= IL.Blt_S => IL.Bge + (opcode - IL.Bge_S),
            >= IL.Bge_Un_S and <= IL.Blt_Un_S => IL.Bge_Un + (opcode - IL.Bge_Un_S),
            _ => null,
        };
        return branch is { } known && IsNumber(frame.Peek(0)) && IsNumber(frame.Peek(1)) && frame.Peek(0).Kind == frame.Peek(1).Kind ? new Order(frame.Peek(1), frame.Peek(0), known) : null;
    }

    /// <summary>Says what follows on one of the two edges.</summary>
    public void Learn(Frame frame, bool hasJumped)
    {
        bool isLess = branch is IL.Blt or IL.Ble or IL.Blt_Un or IL.Ble_Un;
        bool isNotEqual = branch is IL.Blt or IL.Bgt or IL.Blt_Un or IL.Bgt_Un ? hasJumped : !hasJumped;
        (Value smaller, Value larger) = isLess == hasJumped ? (first, second) : (second, first);
        (long low, long high) = (RangeOf(smaller).Low, RangeOf(larger).High);
        if (branch >= IL.Bge_Un && branch <= IL.Blt_Un)
        {
            // Below a number without sign lies none that has its highest bit set, if that number has not.
            if (RangeOf(larger).Low < 0)
                return;
            low = Math.Max(low, 0);
            Bound(smaller, 0, high, frame);
        }

        if (isNotEqual && (low == long.MaxValue || high == long.MinValue))
            return;
        Bound(smaller, long.MinValue, isNotEqual ? high - 1 : high, frame);
        Bound(larger, isNotEqual ? low + 1 : low, long.MaxValue, frame);
    }

    /// <summary>Bounds a number, and the one that it was widened from by its sign.</summary>
    private static void Bound(Value value, long low, long high, Frame frame)
    {
        frame.Bound(value.Number, low, high);
        if (value.Relation.Kind == RelationKind.SignExtends)
            frame.Bound(value.Relation.Number, low, high);
    }

    private static Distance RangeOf(Value value) => value.Distance is { IsNumber: true } known ? known : Distance.Int64;

    /// <summary>Of an int32 without a distance not even the width is known.</summary>
    private static bool IsNumber(Value value) => value is { IsOld: false, IsMixed: false } && (value.Kind == ValueKind.Raw || value is { Kind: ValueKind.Int32, Distance.IsNumber: true });
}
