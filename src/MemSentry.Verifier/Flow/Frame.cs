using MemSentry.Verifier.Values;

namespace MemSentry.Verifier.Flow;

/// <summary>The variables and the evaluation stack at one point of a body: one row of slots, the stack growing behind the variables.</summary>
internal sealed class Frame
{
    private readonly int _variables;
    private Value[] _slots;
    private int _count;
    private bool _hasRecent;

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
        _hasRecent = other._hasRecent;
        _slots = (Value[])other._slots.Clone();
    }

    /// <summary>Arguments, then locals.</summary>
    public Span<Value> Variables => _slots.AsSpan(0, _variables);

    /// <summary>How many values lie on the stack.</summary>
    public int Depth => _count - _variables;

    private Span<Value> Slots => _slots.AsSpan(0, _count);

    public Frame Copy() => new(this);

    public void Push(Value value)
    {
        _hasRecent |= value.IsFresh || value.Relation.IsOfMemory;
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
            value = value.AfterCall();
    }

    /// <summary>
    /// After a call where the frame is trusted: proofs of values stand, and what was computed from them is computed from anew. So no access rests on a
    /// check that is further away than the last call, unless it is one of the very address.
    /// </summary>
    public void ForgetDistances()
    {
        foreach (ref Value value in Slots)
        {
            if (value.Kind == ValueKind.Raw && (value.Near is not null || value.Lineage is not null))
                value = value with { Near = null, Lineage = null };
        }
    }

    /// <summary>The top is, or may be computed from, what was there before a call.</summary>
    /// <param name="isOld">Whether it is. References stand by contract at any age.</param>
    /// <param name="isIndex">Whether it was computed from indexes alone.</param>
    public void AgeTop(bool isOld, bool isIndex)
    {
        ref Value top = ref ReplaceableAt(0);
        top = top with { IsOld = top.IsOld || (isOld && top.Kind != ValueKind.Reference && !top.IsMixed), IsIndex = isIndex && top.Kind is (ValueKind.Raw or ValueKind.Float) };
    }

    /// <summary>After an instruction that does more than move operands about: what was found directly before it no longer is.</summary>
    public void ForgetRecent()
    {
        if (!_hasRecent)
            return;

        _hasRecent = false;
        foreach (ref Value value in Slots)
        {
            if (value.IsFresh || value.Relation.IsOfMemory)
                value = value with { IsFresh = false, Relation = value.Relation.IsOfMemory ? default : value.Relation };
        }
    }

    /// <summary>A check has passed: every copy of the value lies outside the block.</summary>
    public void Prove(int number)
    {
        if (number != 0 && LineageOf(number) is { IsExact: true } lineage)
            Narrow(lineage, Distance.Outside);
        ForCopies(number, v => v with { Proof = Proof.Exact, IsFresh = v.Kind == ValueKind.Raw, Near = v.Kind == ValueKind.Int32 ? v.Near : null });
    }

    /// <summary>
    /// An address is known to lie near one outside the block: so does whatever was computed from the same value. What is known better stays.
    /// </summary>
    /// <param name="address">What the address was computed from.</param>
    /// <param name="near">How far it lies from an address outside the block.</param>
    public void Narrow(Lineage address, Distance near)
    {
        foreach (ref Value value in Slots)
        {
            if (value.Lineage is { } lineage && lineage.Origin == address.Origin && value.Proof == Proof.None && value.Kind == ValueKind.Raw
                && near.Plus(lineage.Low - address.High, lineage.High - address.Low) is { } found
                && value.Distance?.IsWithin(found) != true)
            {
                bool isOutside = found is { Low: 0, High: 0 };
                value = value with { Proof = isOutside ? Proof.Exact : Proof.None, Near = isOutside ? null : found };
            }
        }
    }

    /// <summary>
    /// A comparison has found that every copy of a number lies within bounds. A constant stays what it is, and so does what lies near an address outside the block.
    /// </summary>
    public void Bound(int number, long low, long high)
    {
        foreach (ref Value value in Slots)
        {
            if (number == 0 || value.Number != number || value.Constant is not null || value.Kind is not (ValueKind.Raw or ValueKind.Int32))
                continue;

            Distance? known = value.Distance is null or { IsNumber: false } && value is { Kind: ValueKind.Raw, Proof: Proof.Exact or Proof.None } ? Distance.Int64 : value.Distance;
            bool isAddress = value.Distance is { IsNumber: false };
            if (known is { IsNumber: true } && known.Between(low, high) is { } found && found != known && (!isAddress || (value.Proof == Proof.Exact && found.IsInReach)))
                value = value with { Near = found };
        }
    }

    /// <summary>A check has passed: every copy of the structure has its references outside the block.</summary>
    public void ProveContents(int number) => ForCopies(number, v => v with { Stands = true });

    /// <summary>Says something of every copy of a value.</summary>
    public void Relate(int number, Relation relation) =>
        ForCopies(number, v => v with { Relation = relation, IsFresh = v.IsFresh || (v.Kind == ValueKind.Raw && !relation.IsOfMemory) });

    /// <summary>Joins another path into this one.</summary>
    /// <returns>Whether less is known now.</returns>
    public bool Join(Frame other, Numbering numbering)
    {
        if (_count != other._count)
            throw RejectionException.NotUnderstood($"The stack is {Depth} deep on one path and {other.Depth} on another");

        numbering.StartJoin();
        bool changed = false;
        for (int i = 0; i < _count; i++)
        {
            Value before = _slots[i];
            Value from = other._slots[i];
            int number = numbering.Join(before.Number, from.Number);
            Lineage? lineage = Joined(before.Lineage, from.Lineage, numbering);
            if (before == from && before.Number == number && before.Lineage == lineage)
                continue;

            // The relation keeps the old number until the new numbers of all values are known.
            Value joined = Value.Join(before, from) with { Number = number, Relation = before.Relation, Lineage = lineage };
            changed |= joined != before;
            _slots[i] = joined;
        }

        return RenumberRelations(other, numbering) || changed;
    }

    /// <summary>
    /// What a slot was computed from. If that was something else on the other path, or the slot is farther from it there, the origin becomes whatever lies as far
    /// from the slot on both: slots that were so far apart on both paths still are.
    /// </summary>
    private static Lineage? Joined(Lineage? before, Lineage? from, Numbering numbering)
    {
        if (before is null || from is null || before.High - before.Low != from.High - from.Low)
            return null;

        int origin = numbering.Join(before.Origin, from.Origin, from.Low - before.Low);
        return before.Origin == origin ? before : before with { Origin = origin };
    }

    private bool RenumberRelations(Frame other, Numbering numbering)
    {
        bool changed = false;
        for (int i = 0; i < _count; i++)
        {
            ref Value value = ref _slots[i];
            Relation before = value.Relation;
            if (before.Kind == RelationKind.None)
                continue;

            Relation from = other._slots[i].Relation;
            int number = numbering.Joined(before.Number, from.Number);
            Relation joined = before.SaysSame(from) && (number != 0 || before.Number == 0) ? before with { Number = number } : default;
            changed |= joined != before;
            value = value with { Relation = joined };
        }

        return changed;
    }

    private Lineage? LineageOf(int number)
    {
        foreach (ref Value value in Slots)
        {
            if (value.Number == number && value.Lineage is { } lineage)
                return lineage;
        }

        return null;
    }

    private void ForCopies(int number, Func<Value, Value> change)
    {
        _hasRecent = true;
        foreach (ref Value value in Slots)
        {
            if (number != 0 && value.Number == number)
                value = change(value);
        }
    }

    private static Value Number(ref Value value, Numbering numbering)
    {
        if (value.CanBeNumbered && value.Number == 0)
            value = value with { Number = numbering.Fresh() };
        if (value is { Kind: ValueKind.Raw, Lineage: null })
            value = value with { Lineage = new Lineage(value.Number, 0, 0) };
        return value;
    }

    private ref Value ReplaceableAt(int depth)
    {
        if (depth >= Depth)
            throw RejectionException.NotUnderstood("The stack underflows");
        return ref _slots[_count - 1 - depth];
    }
}
