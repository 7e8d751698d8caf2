namespace MemSentry.Analysis.Displacement;

/// <summary>
/// Which values on the stack are the very numbers that variables hold, as far as one block tells: pushed by a load, perhaps widened by their sign, and the variable was not stored
/// to since.
/// </summary>
internal sealed class LoadedVariables
{
    /// <summary>No variable.</summary>
    public const int None = -1;

    private readonly List<int> _stack = [];

    /// <param name="depth">The number of values on the stack where the block begins, of which nothing is known.</param>
    public LoadedVariables(int depth) => _stack.AddRange(Enumerable.Repeat(None, depth));

    /// <summary>The variable that holds what lies at a depth, 0 being the top.</summary>
    public int Peek(int depth) => _stack[^(depth + 1)];

    /// <summary>Follows an instruction.</summary>
    /// <param name="stored">The variable that it stores to.</param>
    /// <param name="loaded">The variable that holds what it pushes.</param>
    /// <param name="pushed">How many values it pushes.</param>
    /// <param name="depth">How many values lie below them.</param>
    public void Follow(int stored, int loaded, int pushed, int depth)
    {
        _stack.RemoveRange(depth, _stack.Count - depth);
        for (int slot = 0; slot < depth && stored != None; slot++)
        {
            _stack[slot] = _stack[slot] == stored ? None : _stack[slot];
        }

        for (; pushed > 0; pushed--)
        {
            _stack.Add(loaded);
        }
    }
}
