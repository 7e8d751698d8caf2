namespace MemSentry.Kernels.Trees;

/// <summary>A node of a singly linked list, as large as a cache line.</summary>
internal unsafe struct ListNode
{
    /// <summary>The next node, or null.</summary>
    public ListNode* Next;

    /// <summary>What it carries.</summary>
    public ulong Value;

    private fixed ulong _rest[6];
}
