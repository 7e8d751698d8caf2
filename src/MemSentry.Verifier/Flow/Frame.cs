using MemSentry.Verifier.Values;

namespace MemSentry.Verifier.Flow;

/// <summary>The variables and the evaluation stack at one point of a body: one row of slots, the stack growing behind the variables.</summary>
internal sealed class Frame
{
    private readonly int _variables;
    private Value[] _slots;
    private int _count;

    /// <summary>A frame with an empty stack.</summary>
    public Frame(ReadOnlySpan<Value> variables)
    {
        _variables = _count = variables.Length;
        _slots = new Value[_count + 8];
        variables.CopyTo(_slots);
    }

    private Frame(Frame other)
    {
        _variables = other._variables;
        _count = other._count;
        _slots = (Value[])other._slots.Clone();
    }

    /// <summary>Arguments, then locals.</summary>
    public Span<Value> Variables => _slots.AsSpan(0, _variables);

    private Span<Value> Slots => _slots.AsSpan(0, _count);

    public Frame Copy() => new(this);

    public void Push(Value value)
    {
        if (_count == _slots.Length)
            Array.Resize(ref _slots, _count * 2);
        _slots[_count++] = value;
    }

    public Value Pop()
    {
        Value top = Peek(0);
        _count--;
        return top;
    }

    public void Pop(int count)
    {
        for (int i = 0; i < count; i++)
            Pop();
    }

    public void Clear() => _count = _variables;

    /// <summary>The value at a depth, 0 being the top.</summary>
    public Value Peek(int depth) => ReplaceableAt(depth);

    /// <summary>The top with a number to know its copies by.</summary>
    public Value NumberTop(Numbering numbering) => Number(ref ReplaceableAt(0), numbering);

    /// <summary>A variable with a number to know its copies by.</summary>
    public Value NumberVariable(int variable, Numbering numbering) => Number(ref Variables[variable], numbering);

    /// <summary>
    /// After a call: whoever can write memory can write where the callee saved our registers. References stand under contract; of raw
    /// numbers nothing is known any more, not even that two copies are equal.
    /// </summary>
    public void ForgetRaw()
    {
        foreach (ref Value value in Slots)
        {
            if (value.Kind == ValueKind.Raw)
                value = Value.Raw;
        }
    }

    /// <summary>A check has passed: every copy of the value lies outside the block.</summary>
    public void Prove(int number)
    {
        foreach (ref Value value in Slots)
        {
            if (number != 0 && value.Number == number)
                value = value with { Proof = Proof.Exact };
        }
    }

    /// <summary>Joins another path into this one.</summary>
    /// <returns>Whether less is known now.</returns>
    public bool Join(Frame other, Numbering numbering)
    {
        if (_count != other._count)
            throw RejectionException.NotUnderstood($"The stack is {_count - _variables} deep on one path and {other._count - _variables} on another");

        numbering.StartJoin();
        bool changed = false;
        for (int i = 0; i < _count; i++)
        {
            Value before = _slots[i];
            Value from = other._slots[i];
            int number = numbering.Join(before.Number, from.Number);
            if (before == from && before.Number == number)
                continue;

            // BlockOf keeps the old number until the new numbers of all values are known.
            Value joined = Value.Join(before, from) with { Number = number, BlockOf = before.BlockOf };
            changed |= joined != before;
            _slots[i] = joined;
        }

        return RenumberBlocks(other, numbering) || changed;
    }

    private bool RenumberBlocks(Frame other, Numbering numbering)
    {
        bool changed = false;
        for (int i = 0; i < _count; i++)
        {
            ref Value value = ref _slots[i];
            int number = value.BlockOf == 0 ? 0 : numbering.Joined(value.BlockOf, other._slots[i].BlockOf);
            changed |= number != value.BlockOf;
            value = value with { BlockOf = number };
        }

        return changed;
    }

    private static Value Number(ref Value value, Numbering numbering)
    {
        if (value.CanBeNumbered && value.Number == 0)
            value = value with { Number = numbering.Fresh() };
        return value;
    }

    private ref Value ReplaceableAt(int depth)
    {
        if (depth >= _count - _variables)
            throw RejectionException.NotUnderstood("The stack underflows");
        return ref _slots[_count - 1 - depth];
    }
}
