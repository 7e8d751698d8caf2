namespace MemSentry.Kernels.Trees;

/// <summary>A node of a B-tree: sorted keys, and one child more than keys.</summary>
internal unsafe struct BTreeNode
{
    /// <summary>The most keys that a node holds.</summary>
    public const int Capacity = 15;

    /// <summary>The number of keys.</summary>
    public int Count;

    /// <summary>The keys, ascending.</summary>
    public fixed int Keys[Capacity];

    /// <summary>Addresses of the children (nodes); 0 in leaves.</summary>
    public fixed ulong Children[Capacity + 1];
}
