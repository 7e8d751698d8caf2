namespace MemSentry.Analysis.Prescan;

/// <summary>The evaluation stack of a <see cref="BodyScan"/>. What does not fit makes it fail, for good.</summary>
internal sealed class KindStack
{
    private const int Deepest = 200;

    private readonly SlotKind[] _slots = new SlotKind[Deepest];

    /// <summary>What lies on the stack, the top last.</summary>
    public ReadOnlySpan<SlotKind> Slots => _slots.AsSpan(0, Depth);

    public int Depth { get; private set; }

    /// <summary>Whether something was popped that was not there or not of the expected kind, or pushed that is an address.</summary>
    public bool HasFailed { get; private set; }

    public void Reset()
    {
        Depth = 0;
        HasFailed = false;
    }

    public void Clear() => Depth = 0;

    public void Load(ReadOnlySpan<SlotKind> slots)
    {
        slots.CopyTo(_slots);
        Depth = slots.Length;
    }

    public void Fail() => HasFailed = true;

    public void Push(SlotKind kind)
    {
        if (kind is SlotKind.Address or SlotKind.Nothing || Depth == Deepest)
        {
            HasFailed = true;
            return;
        }

        _slots[Depth++] = kind;
    }

    /// <summary>Pops a value of any kind.</summary>
    public SlotKind Pop()
    {
        if (Depth == 0)
        {
            HasFailed = true;
            return SlotKind.Address;
        }

        return _slots[--Depth];
    }

    /// <summary>Pops a value that has to be of one kind.</summary>
    public void Pop(SlotKind expected) => HasFailed |= Pop() != expected;

    /// <summary>Pops an integer: a number, or the length of an array.</summary>
    public void PopInteger() => HasFailed |= Pop() is not (SlotKind.Number or SlotKind.Length);

    /// <summary>Pops two values to be compared: two integers or two objects.</summary>
    public void PopCompared()
    {
        SlotKind right = Pop();
        SlotKind left = Pop();
        HasFailed |= right is SlotKind.Object ? left is not SlotKind.Object
            : right is not (SlotKind.Number or SlotKind.Length) || left is not (SlotKind.Number or SlotKind.Length);
    }

    /// <summary>Whether a reference lies on the stack: those are followed along straight lines only.</summary>
    public bool HoldsReferences => Slots.ContainsAny(SlotKind.Reference, SlotKind.This);

    public void Replace(SlotKind expected, SlotKind result)
    {
        Pop(expected);
        Push(result);
    }
}
