using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>
/// Where the mask of an access goes (the method <c>sfi</c>): not before the access, but behind the instruction that pushed what the address is displaced
/// from, so that the processor does the displacement as part of the access.
/// <para>
/// Argument: a number with bit 46 set lies outside the block, 44 TiB above its end at least. From there an access within
/// <see cref="Reach"/> cannot arrive in the block. Masked is the very copy on the stack from which the access computes its address: nothing is remembered of it,
/// nobody can have changed it in between, and it is masked only if all that becomes of it are accesses. With <c>Rw=w</c> one of them may be the load of
/// <c>p[i] += x</c>, which would not be masked by itself: it meets what the store meets right after it.
/// </para>
/// <para>
/// What the program does is the same. A pointer to ordinary memory has bit 46, so the mask leaves it as it is. The null pointer plus a displacement arrives as far
/// behind the start of the null range as it would with a mask behind the sum; with a displacement below zero both addresses fault. A safe address plus a displacement
/// arrives in the alias, in the middle of which the one of the arena lies.
/// </para>
/// </summary>
internal sealed class MaskedBases
{
    private readonly List<MaskedBase> _found = [];
    private readonly List<(MaskedBase? Base, Interval Distance)> _stack = [];

    private readonly Func<Instruction, bool> _endsProofs;

    /// <param name="depth">The number of values on the stack where the block begins.</param>
    /// <param name="endsProofs">Whether an instruction runs other code.</param>
    public MaskedBases(int depth, Func<Instruction, bool> endsProofs)
    {
        _stack.AddRange(Enumerable.Repeat<(MaskedBase?, Interval)>((null, Interval.Zero), depth));
        _endsProofs = endsProofs;
    }

    /// <summary>The bases of accesses, once the block was gone through.</summary>
    public IEnumerable<MaskedBase> AtEnd()
    {
        LetGo(0);
        return _found;
    }

    /// <summary>What an instruction makes of a base, given the state before it: the base and how far it was moved; no base if it makes anything else.</summary>
    public (MaskedBase? Base, Interval Distance) Moved(Instruction instruction, DisplacementState state)
    {
        FrameState frame = state.Frame!;
        switch (instruction.OpCode.Code)
        {
            case Code.Dup or Code.Conv_I or Code.Conv_U when frame.Peek(0).Kind == StackKind.NativeInt:
                return _stack[^1];
            case Code.Add when frame.Peek(1).Kind == StackKind.NativeInt && state.Peek(0) is { IsNumber: true } moved:
                return Moved(_stack[^2], moved.Offset);
            case Code.Add when frame.Peek(0).Kind == StackKind.NativeInt && state.Peek(1) is { IsNumber: true } moved:
                return Moved(_stack[^1], moved.Offset);
            case Code.Sub when frame.Peek(1).Kind == StackKind.NativeInt && state.Peek(0) is { IsNumber: true } moved && Interval.Subtract(Interval.Zero, moved.Offset) is { } back:
                return Moved(_stack[^2], back);
            case Code.Ldflda when frame.Peek(0).Kind == StackKind.NativeInt:
                return Moved(_stack[^1], Reach.OfField);
            default:
                return default;
        }
    }

    /// <summary>Follows an instruction.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="result">What it makes of a base: <see cref="Moved(Instruction, DisplacementState)"/>.</param>
    /// <param name="useOf">What it does with the operand at a depth.</param>
    /// <param name="pushed">How many values it pushed.</param>
    /// <param name="after">The state behind it.</param>
    public void Follow(Instruction instruction, (MaskedBase? Base, Interval Distance) result, Func<int, MaskUse> useOf, int pushed, DisplacementState after)
    {
        int popped = _stack.Count + pushed - after.Depth;
        for (int depth = 0; depth < popped; depth++)
        {
            MaskedBase? used = _stack[^(depth + 1)].Base;
            MaskUse use = useOf(depth);
            if (use == MaskUse.Masked)
            {
                used?.UseAsAddress(instruction, depth);
            }
            else if (use == MaskUse.None && used != result.Base)
            {
                used?.UseOtherwise();
            }
        }

        _stack.RemoveRange(_stack.Count - popped, popped);
        if (_endsProofs(instruction))
        {
            LetGo(0);
            _stack.AddRange(Enumerable.Repeat<(MaskedBase?, Interval)>((null, Interval.Zero), after.Depth - pushed));
        }

        for (; pushed > 0; pushed--)
        {
            _stack.Add(result.Base is null && pushed == 1 ? New(instruction, after.Frame!.Peek(0)) : result);
        }
    }

    /// <summary>A base that is moved out of reach stays behind: what was computed is another.</summary>
    private static (MaskedBase? Base, Interval Distance) Moved((MaskedBase? Base, Interval Distance) from, Interval by) =>
        Interval.Add(from.Distance, by) is { } distance && Reach.Includes(distance, isArgument: false) ? (from.Base, distance) : default;

    private (MaskedBase? Base, Interval Distance) New(Instruction instruction, StackValue value)
    {
        if (value.Kind != StackKind.NativeInt)
        {
            return default;
        }

        var found = new MaskedBase(instruction);
        _found.Add(found);
        return (found, Interval.Zero);
    }

    /// <summary>What lies on the stack, down to a depth, goes where it is not followed.</summary>
    private void LetGo(int bottom)
    {
        for (int slot = bottom; slot < _stack.Count; slot++)
        {
            _stack[slot].Base?.UseOtherwise();
        }

        _stack.RemoveRange(bottom, _stack.Count - bottom);
    }
}
