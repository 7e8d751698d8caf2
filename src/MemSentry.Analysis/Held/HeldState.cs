using System.Runtime.InteropServices;

namespace MemSentry.Analysis.Held;

/// <summary>
/// Which values at one point of a member may have been there before a call.
/// <para>
/// To the JIT such a value is the same as before: of a compare of it, or a mask, it may take the result that it had before the call, and access memory through a
/// register that the callee kept where it was overwritten. So a check of such a value is worth something only once the value is made new: written to memory and
/// read again by a volatile load, which the JIT must take for another value.
/// </para>
/// </summary>
/// <param name="variables">The arguments and local variables.</param>
internal sealed class HeldState(HeldValue[] variables)
{
    private readonly List<HeldValue> _stack = [];

    /// <summary>The number of values on the stack.</summary>
    public int Depth => _stack.Count;

    /// <summary>What is known of a variable.</summary>
    public HeldValue this[int variable]
    {
        get => variables[variable];
        set => variables[variable] = value;
    }

    public HeldState Copy()
    {
        var copy = new HeldState([.. variables]);
        copy._stack.AddRange(_stack);
        return copy;
    }

    /// <summary>The value at a depth, 0 being the top.</summary>
    public HeldValue Peek(int depth) => _stack[^(depth + 1)];

    /// <summary>The topmost values, from the lowest to the top.</summary>
    public ReadOnlySpan<HeldValue> Top(int count) => CollectionsMarshal.AsSpan(_stack)[^count..];

    public void Push(HeldValue value) => _stack.Add(value);

    public void Pop(int count) => _stack.RemoveRange(_stack.Count - count, count);

    public void ClearStack() => _stack.Clear();

    /// <summary>After a call, whatever was there before is held.</summary>
    public void HoldAll()
    {
        foreach (ref HeldValue value in variables.AsSpan())
        {
            value = value.AcrossCall();
        }

        foreach (ref HeldValue value in CollectionsMarshal.AsSpan(_stack))
        {
            value = value.AcrossCall();
        }
    }

    /// <summary>Joins another path into this one.</summary>
    /// <returns>Whether more may be held now.</returns>
    public bool Join(HeldState from)
    {
        bool changed = false;
        for (int slot = 0; slot < variables.Length + _stack.Count; slot++)
        {
            ref HeldValue into = ref slot < variables.Length ? ref variables[slot] : ref CollectionsMarshal.AsSpan(_stack)[slot - variables.Length];
            HeldValue joined = HeldValue.Join(into, slot < variables.Length ? from[slot] : from._stack[slot - variables.Length]);
            changed |= joined != into;
            into = joined;
        }

        return changed;
    }
}
