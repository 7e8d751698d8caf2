using System.Collections.Immutable;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Reloads;

/// <summary>
/// A state of <see cref="KnownLoadsProblem"/>: pointers that have been loaded on every way to here and would be the same if they were loaded again; and what lies on top of the stack,
/// as far as this block has pushed it.
/// </summary>
internal sealed class KnownLoads
{
    private readonly Dictionary<LoadExpression, ImmutableHashSet<Instruction>> _loads = [];
    private readonly List<LoadExpression?> _stack = [];

    public KnownLoads()
    {
    }

    private KnownLoads(KnownLoads other) => _loads = new(other._loads);

    /// <summary>A copy for another block, in which nothing is known of the stack.</summary>
    public KnownLoads ForOtherBlock() => new(this);

    /// <summary>A copy.</summary>
    public KnownLoads Copy()
    {
        var copy = new KnownLoads(this);
        copy._stack.AddRange(_stack);
        return copy;
    }

    /// <summary>What computed the value on top of the stack; null if that is not known.</summary>
    public LoadExpression? Peek() => _stack.Count > 0 ? _stack[^1] : null;

    public LoadExpression? Pop()
    {
        LoadExpression? top = Peek();
        _stack.RemoveRange(Math.Max(0, _stack.Count - 1), Math.Min(1, _stack.Count));
        return top;
    }

    public void Push(LoadExpression? value) => _stack.Add(value is { IsShort: true } ? value : null);

    /// <summary>Nothing is known of what lies on the stack any more, not even how much.</summary>
    public void ForgetStack() => _stack.Clear();

    /// <summary>Memory may be another one.</summary>
    public void ForgetAll()
    {
        _loads.Clear();
        _stack.Clear();
    }

    /// <summary>A variable has got another value.</summary>
    public void ForgetUses(int variable)
    {
        foreach (LoadExpression stale in _loads.Keys.Where(l => l.Uses(variable)).ToArray())
        {
            _loads.Remove(stale);
        }

        for (int i = 0; i < _stack.Count; i++)
        {
            _stack[i] = _stack[i]?.Uses(variable) == true ? null : _stack[i];
        }
    }

    /// <summary>The loads of which the last one executed has brought what an expression would bring; null if there may be none.</summary>
    public ImmutableHashSet<Instruction>? SourcesOf(LoadExpression expression) => _loads.GetValueOrDefault(expression);

    /// <summary>A load has been executed.</summary>
    public void Add(LoadExpression expression, Instruction load) => _loads.TryAdd(expression, [load]);

    /// <summary>Keeps what is known here and there.</summary>
    /// <returns>Whether this has changed.</returns>
    public bool Join(KnownLoads other)
    {
        bool changed = false;
        foreach ((LoadExpression expression, ImmutableHashSet<Instruction> sources) in _loads.ToArray())
        {
            if (other.SourcesOf(expression) is not { } others)
            {
                changed |= _loads.Remove(expression);
            }
            else if (!others.IsSubsetOf(sources))
            {
                _loads[expression] = sources.Union(others);
                changed = true;
            }
        }

        return changed;
    }
}
