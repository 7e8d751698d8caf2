using System.Runtime.InteropServices;

namespace MemSentry.Mutants.Equivalence;

/// <summary>
/// Which values lie where, and what is known of them. A value is named by the instruction that made it; 0 is one that nothing is known of. A name is
/// forgotten when its instruction makes the next value, so that a loop's rounds are not mixed up.
/// </summary>
internal sealed class CheckedState
{
    /// <summary>Any value that was checked on whatever path it came.</summary>
    public const int CheckedOnEveryPath = -1;

    private readonly int[] _variables;
    private readonly List<int> _stack;
    private readonly HashSet<int> _checked;
    private readonly HashSet<int> _displaced;

    /// <summary>The state on entry: nothing is checked.</summary>
    /// <param name="variables">The values of all variables.</param>
    public CheckedState(IEnumerable<int> variables)
        : this([.. variables], [], [], [])
    {
    }

    private CheckedState(int[] variables, List<int> stack, HashSet<int> known, HashSet<int> displaced)
    {
        _variables = variables;
        _stack = stack;
        _checked = known;
        _displaced = displaced;
    }

    public int Depth => _stack.Count;

    public CheckedState Copy() => new([.. _variables], [.. _stack], [.. _checked], [.. _displaced]);

    public void Push(int value) => _stack.Add(value);

    /// <summary>The value at a depth, 0 being the top; unknown if the stack is not that deep.</summary>
    public int Peek(int depth) => depth < _stack.Count ? _stack[^(depth + 1)] : 0;

    public int Pop()
    {
        int top = Peek(0);
        if (_stack.Count > 0)
            _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    /// <summary>Whether a value lies on the stack.</summary>
    public bool HasOnStack(int value) => _stack.Contains(value);

    public void ClearStack() => _stack.Clear();

    public int Variable(int index) => _variables[index];

    public void Store(int index, int value) => _variables[index] = value;

    /// <summary>A value is what was checked, or lies one field behind what was.</summary>
    public bool IsCovered(int value) => IsChecked(value) || _displaced.Contains(value);

    /// <summary>A value is what was checked.</summary>
    public bool IsChecked(int value) => value == CheckedOnEveryPath || _checked.Contains(value);

    public void Check(int value)
    {
        if (value > 0)
            _checked.Add(value);
    }

    public void Displace(int value) => _displaced.Add(value);

    /// <summary>An instruction makes its value anew: whoever still holds the last one holds something else.</summary>
    public void Remake(int value)
    {
        _checked.Remove(value);
        _displaced.Remove(value);
        Forget(_variables, value);
        Forget(CollectionsMarshal.AsSpan(_stack), value);
    }

    /// <summary>Forgets what raw numbers are: their places may be overwritten. References stay.</summary>
    /// <param name="variables">Which variables are for references.</param>
    /// <param name="values">Which values are references.</param>
    public void KeepOnly(Predicate<int> variables, Predicate<int> values)
    {
        for (int i = 0; i < _variables.Length; i++)
        {
            if (!variables(i) && !(_variables[i] > 0 && values(_variables[i])))
                _variables[i] = 0;
        }

        foreach (ref int slot in CollectionsMarshal.AsSpan(_stack))
            slot = slot > 0 && values(slot) ? slot : 0;
    }

    /// <summary>Keeps what both know.</summary>
    /// <returns>Whether this one knows less now.</returns>
    public bool Join(CheckedState other)
    {
        int before = _checked.Count + _displaced.Count;
        bool changed = Join(_variables, other._variables, other);
        changed |= Join(CollectionsMarshal.AsSpan(_stack), CollectionsMarshal.AsSpan(other._stack), other);
        _checked.IntersectWith(other._checked);
        _displaced.IntersectWith(other._displaced);
        return changed || before != _checked.Count + _displaced.Count;
    }

    private bool Join(Span<int> into, ReadOnlySpan<int> from, CheckedState other)
    {
        bool changed = false;
        for (int i = 0; i < Math.Min(into.Length, from.Length); i++)
        {
            int joined = into[i] == from[i] ? into[i] : IsChecked(into[i]) && other.IsChecked(from[i]) ? CheckedOnEveryPath : 0;
            changed |= joined != into[i];
            into[i] = joined;
        }

        return changed;
    }

    private static void Forget(Span<int> slots, int value)
    {
        foreach (ref int slot in slots)
            slot = slot == value ? 0 : slot;
    }
}
