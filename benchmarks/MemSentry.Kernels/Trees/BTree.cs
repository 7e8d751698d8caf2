namespace MemSentry.Kernels.Trees;

/// <summary>Searches a B-tree of full nodes with three levels: a scan within each node. The size is the number of lookups.</summary>
public sealed unsafe class BTree : Kernel
{
    private const int Fanout = BTreeNode.Capacity + 1;
    private const int Nodes = 1 + Fanout + (Fanout * Fanout);
    private const int KeySpace = Fanout * Fanout * Fanout;
    private BTreeNode* _root;
    private int* _queries;
    private int _size;

    /// <inheritdoc/>
    public override long BytesFor(int size) => ((long)Nodes * sizeof(BTreeNode)) + ((long)size * sizeof(int));

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        _size = size;
        var next = (BTreeNode*)memory;
        _root = Build(&next, 0, KeySpace);
        _queries = (int*)next;
        var random = new RandomSequence(8);
        for (int i = 0; i < size; i++)
            _queries[i] = random.Below(KeySpace);
    }

    /// <inheritdoc/>
    public override ulong Run()
    {
        ulong sum = 0;
        for (int i = 0; i < _size; i++)
            sum = (sum * 3) + (ulong)Search(_root, _queries[i]);

        return sum;
    }

    /// <summary>The place of a key in its leaf, with the depth at which it was found.</summary>
    private static int Search(BTreeNode* node, int key)
    {
        int depth = 0;
        while (true)
        {
            int i = 0;
            while (i < node->Count && node->Keys[i] < key)
                i++;

            if ((i < node->Count && node->Keys[i] == key) || node->Children[i] == 0)
                return (depth * Fanout) + i;

            node = (BTreeNode*)node->Children[i];
            depth++;
        }
    }

    private static BTreeNode* Build(BTreeNode** next, int first, int span)
    {
        BTreeNode* node = (*next)++;
        int step = span / Fanout;
        node->Count = BTreeNode.Capacity;
        for (int i = 0; i < BTreeNode.Capacity; i++)
            node->Keys[i] = first + ((i + 1) * step) - 1;

        for (int i = 0; i < Fanout; i++)
            node->Children[i] = step < Fanout ? 0 : (ulong)Build(next, first + (i * step), step);

        return node;
    }
}
