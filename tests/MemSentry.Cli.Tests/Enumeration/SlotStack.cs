namespace MemSentry.Cli.Tests.Enumeration;

/// <summary>The evaluation stack of the simulation.</summary>
internal sealed class SlotStack(IEnumerable<Slot> slots)
{
    private readonly List<Slot> _slots = [.. slots];

    public Slot[] Content => [.. _slots];

    public void Push(Slot slot) => _slots.Add(slot);

    public Slot Pop()
    {
        Slot top = _slots[^1];
        _slots.RemoveAt(_slots.Count - 1);
        return top;
    }

    public void Pop(int count) => _slots.RemoveRange(_slots.Count - count, count);

    public Slot Peek(int depth) => _slots[^(depth + 1)];

    public void Clear() => _slots.Clear();
}
