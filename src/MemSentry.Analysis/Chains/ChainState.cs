using MemSentry.Analysis.Displacement;

namespace MemSentry.Analysis.Chains;

/// <summary>What the values of all slots rest on at one point of a member.</summary>
/// <param name="variables">Those of the variables that the analysis of displacements follows.</param>
internal sealed class ChainState(ChainLink[] variables)
{
    private readonly List<ChainLink> _stack = [];

    /// <summary>What is proven at this point, while a block is gone through.</summary>
    public DisplacementState? Known { get; set; }

    public ChainLink[] Variables => variables;

    public ChainLink Peek(int depth) => _stack[^(depth + 1)];

    public void Push(ChainLink link) => _stack.Add(link);

    public void PopTo(int depth) => _stack.RemoveRange(depth, _stack.Count - depth);

    public ChainState Copy()
    {
        var copy = new ChainState([.. variables]);
        copy._stack.AddRange(_stack);
        return copy;
    }

    /// <summary>Nothing is known any more.</summary>
    public void Forget()
    {
        Array.Fill(variables, ChainLink.None);
        for (int slot = 0; slot < _stack.Count; slot++)
        {
            _stack[slot] = ChainLink.None;
        }
    }

    /// <summary>A fact was found about what was computed from a symbol: it holds for every slot that was.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="restarted">What becomes of a slot's link.</param>
    public void Restart(long symbol, Func<ChainLink, ChainLink> restarted)
    {
        for (int variable = 0; variable < variables.Length; variable++)
        {
            variables[variable] = Known!.Variables[variable].Symbol == symbol ? restarted(variables[variable]) : variables[variable];
        }

        for (int depth = 0; depth < _stack.Count; depth++)
        {
            _stack[^(depth + 1)] = Known!.Peek(depth).Symbol == symbol ? restarted(Peek(depth)) : Peek(depth);
        }
    }

    /// <summary>Joins another path into this one.</summary>
    /// <returns>Whether more facts are possible now.</returns>
    public bool Join(ChainState from)
    {
        bool changed = false;
        for (int variable = 0; variable < variables.Length; variable++)
        {
            changed |= Join(ref variables[variable], from.Variables[variable]);
        }

        for (int slot = 0; slot < _stack.Count; slot++)
        {
            ChainLink link = _stack[slot];
            changed |= Join(ref link, from._stack[slot]);
            _stack[slot] = link;
        }

        return changed;
    }

    private static bool Join(ref ChainLink into, ChainLink from)
    {
        ChainLink joined = ChainLink.Join(into, from);
        bool changed = !joined.Says(into);
        into = joined;
        return changed;
    }
}
