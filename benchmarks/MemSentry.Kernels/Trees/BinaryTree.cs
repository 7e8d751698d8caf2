namespace MemSentry.Kernels.Trees;

/// <summary>Looks keys up in a binary search tree, half of them in vain. The size is the number of nodes.</summary>
public sealed unsafe class BinaryTree : Kernel
{
    private const int Lookups = 1024;
    private TreeNode* _root;
    private int* _keys;

    /// <inheritdoc/>
    public override long BytesFor(int size) => ((long)size * sizeof(TreeNode)) + (Lookups * sizeof(int));

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        var random = new RandomSequence(7);
        _keys = (int*)memory;
        var nodes = (TreeNode*)(_keys + Lookups);
        _root = null;
        foreach (int key in random.Permutation(size))
        {
            *nodes = new TreeNode { Key = 2 * key, Value = key };
            Insert(nodes++);
        }

        for (int i = 0; i < Lookups; i++)
            _keys[i] = random.Below(2 * size);
    }

    /// <inheritdoc/>
    public override ulong Run()
    {
        ulong sum = 0;
        for (int i = 0; i < Lookups; i++)
            sum = (sum * 3) + (ulong)Find(_root, _keys[i]);

        return sum;
    }

    private static int Find(TreeNode* node, int key)
    {
        while (node != null)
        {
            if (node->Key == key)
                return node->Value;

            node = key < node->Key ? node->Left : node->Right;
        }

        return -1;
    }

    private void Insert(TreeNode* node)
    {
        fixed (TreeNode** root = &_root)
        {
            TreeNode** place = root;
            while (*place != null)
                place = node->Key < (*place)->Key ? &(*place)->Left : &(*place)->Right;

            *place = node;
        }
    }
}
