using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>
/// The comparison of two numbers by which a block ends, and what each way out says of the variables that they were loaded from: behind <c>i &lt; n</c> an index is
/// smaller than the largest <c>n</c>, and stays within reach of its base.
/// <para>
/// Argument: a variable whose address is not taken holds, where the branch leads, the very number that was compared, and the compare is one of all its bits. The JIT may take the answer from
/// an earlier compare of the same two values, which says the same, as long as nobody could change one of them since: so nothing is learnt of what was there before a call, nor from
/// comparing with it. Signed compares bound both sides; an unsigned one tells something only where the greater number is not negative, for then neither is the smaller one.
/// Where the bounds contradict each other nothing is learnt.
/// </para>
/// </summary>
internal sealed class Comparison
{
    private readonly (int Variable, Interval Range) _first;
    private readonly (int Variable, Interval Range) _second;
    private readonly Code _branch;
    private readonly int _jump;
    private readonly int _next;

    private Comparison((int Variable, Interval Range) first, (int Variable, Interval Range) second, Code branch, int jump, int next)
    {
        (_first, _second, _branch, _jump, _next) = (first, second, branch, jump, next);
    }

    /// <summary>The comparison that an instruction makes, given the state before it; null if it makes none of numbers of one width, of which something is known.</summary>
    public static Comparison? Of(int index, MemberAnalysis analysis, DisplacementState state)
    {
        Code branch = analysis.Member[index].OpCode.Code;
        bool compares = branch is (>= Code.Bge_S and <= Code.Blt_S) or (>= Code.Bge_Un_S and <= Code.Blt_Un_S) or (>= Code.Bge and <= Code.Blt) or (>= Code.Bge_Un and <= Code.Blt_Un);
        if (!compares || state.Held.Peek(0).IsHeld || state.Held.Peek(1).IsHeld || IsInt32(state, 0) != IsInt32(state, 1) || RangeOf(state, 1) is not { } first || RangeOf(state, 0) is not { } second)
        {
            return null;
        }

        int jump = analysis.Graph.BlockOf(analysis.Member.TargetsOf(index)[0]).Index;
        int next = analysis.Graph.BlockOf(index + 1).Index;
        return jump == next ? null : new Comparison((state.Loaded!.Peek(1), first), (state.Loaded.Peek(0), second), branch, jump, next);
    }

    /// <summary>Changes the state in which control arrives at a block behind the branch.</summary>
    public void Bound(DisplacementState arrived, int block)
    {
        (bool isFirstLess, bool isStrict) = _branch switch
        {
            Code.Blt or Code.Blt_S or Code.Blt_Un or Code.Blt_Un_S => (block == _jump, block == _jump),
            Code.Bge or Code.Bge_S or Code.Bge_Un or Code.Bge_Un_S => (block == _next, block == _next),
            Code.Ble or Code.Ble_S or Code.Ble_Un or Code.Ble_Un_S => (block == _jump, block == _next),
            _ => (block == _next, block == _jump),
        };
        ((int Variable, Interval Range) less, (int Variable, Interval Range) greater) = isFirstLess ? (_first, _second) : (_second, _first);
        int gap = isStrict ? 1 : 0;
        bool isUnsigned = _branch is (>= Code.Bge_Un_S and <= Code.Blt_Un_S) or (>= Code.Bge_Un and <= Code.Blt_Un);
        if (isUnsigned && MayBeNegative(greater.Range))
        {
            return;
        }

        long lowest = isUnsigned ? Math.Max(less.Range.Low, 0) : less.Range.Low;
        Narrow(less.Variable, new Interval(lowest, Math.Max(greater.Range.High, long.MinValue + 1) - gap), arrived);
        Narrow(greater.Variable, new Interval(Math.Min(lowest, long.MaxValue - 1) + gap, greater.Range.High), arrived);
    }

    private static bool MayBeNegative(Interval range) => range.Low < 0;

    private static void Narrow(int variable, Interval bounds, DisplacementState arrived)
    {
        if (variable != LoadedVariables.None)
        {
            arrived.Bound(variable, bounds);
        }
    }

    private static bool IsInt32(DisplacementState state, int depth) => state.Frame!.Peek(depth).Kind == StackKind.Int32;

    /// <summary>What a number on the stack may be; null if it is none, or if not even its width is known.</summary>
    private static Interval? RangeOf(DisplacementState state, int depth) => (state.Frame!.Peek(depth).Kind, state.Peek(depth)) switch
    {
        (StackKind.Int32 or StackKind.Int64 or StackKind.NativeInt, { IsNumber: true } number) => number.Offset,
        (StackKind.Int64 or StackKind.NativeInt, { IsKnown: true }) => Interval.Int64,
        _ => null,
    };
}
