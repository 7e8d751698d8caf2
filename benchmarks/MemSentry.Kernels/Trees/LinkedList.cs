namespace MemSentry.Kernels.Trees;

/// <summary>Walks a linked list whose nodes lie in random order: one load depends on the other. The size is the number of nodes.</summary>
public sealed unsafe class LinkedList : Kernel
{
    private ListNode* _first;

    /// <inheritdoc/>
    public override long BytesFor(int size) => (long)size * sizeof(ListNode);

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        var nodes = (ListNode*)memory;
        int[] order = new RandomSequence(6).Permutation(size);
        for (int i = 0; i < size; i++)
        {
            nodes[order[i]].Value = (ulong)i;
            nodes[order[i]].Next = i + 1 < size ? nodes + order[i + 1] : null;
        }

        _first = nodes + order[0];
    }

    /// <inheritdoc/>
    public override ulong Run()
    {
        ulong sum = 0;
        for (ListNode* node = _first; node != null; node = node->Next)
            sum = (sum * 3) + node->Value;

        return sum;
    }
}
