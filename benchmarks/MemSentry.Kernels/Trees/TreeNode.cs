namespace MemSentry.Kernels.Trees;

/// <summary>A node of a binary search tree.</summary>
internal unsafe struct TreeNode
{
    /// <summary>Smaller keys, or null.</summary>
    public TreeNode* Left;

    /// <summary>Greater keys, or null.</summary>
    public TreeNode* Right;

    /// <summary>The key.</summary>
    public int Key;

    /// <summary>Its value.</summary>
    public int Value;
}
