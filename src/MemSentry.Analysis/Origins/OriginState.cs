using MemSentry.Analysis.Provenance;

namespace MemSentry.Analysis.Origins;

/// <summary>The origins of all slots at one point of a member: arguments, local variables, stack.</summary>
/// <param name="start">The first instruction of the block that the state belongs to.</param>
/// <param name="variables">Those of the arguments and local variables.</param>
internal sealed class OriginState(int start, OriginSet[] variables)
{
    private readonly List<OriginSet> _stack = [];

    /// <summary>The types on the stack at this point, while a block is gone through.</summary>
    public FrameState? Frame { get; set; }

    /// <summary>Whether an exception led here, so that the handler makes all values origins again.</summary>
    public bool IsRaised { get; init; }

    /// <summary>Those of the arguments and local variables.</summary>
    public OriginSet[] Variables => variables;

    public OriginSet Peek(int depth) => _stack[^(depth + 1)];

    public void Push(OriginSet value) => _stack.Add(value);

    public void PopTo(int depth) => _stack.RemoveRange(depth, _stack.Count - depth);

    public OriginState Copy()
    {
        var copy = new OriginState(start, [.. variables]) { IsRaised = IsRaised };
        copy._stack.AddRange(_stack);
        return copy;
    }

    /// <summary>What a handler sees of it.</summary>
    public OriginState Raised() => new(start, [.. variables]) { IsRaised = true };

    /// <summary>The state with which an edge enters a block.</summary>
    public OriginState For(int block)
    {
        var arrived = new OriginState(block, [.. variables]);
        arrived._stack.AddRange(_stack);
        if (IsRaised)
        {
            arrived.Renew(block);
        }

        return arrived;
    }

    /// <summary>Makes all values origins again.</summary>
    public void Renew(int since)
    {
        for (int variable = 0; variable < variables.Length; variable++)
        {
            variables[variable] = variables[variable].Renewed(since);
        }

        for (int slot = 0; slot < _stack.Count; slot++)
        {
            _stack[slot] = _stack[slot].Renewed(since);
        }
    }

    /// <summary>Joins another path into this one.</summary>
    /// <returns>Whether there are more origins now.</returns>
    public bool Join(OriginState from)
    {
        bool changed = false;
        for (int variable = 0; variable < variables.Length; variable++)
        {
            changed |= Join(ref variables[variable], from.Variables[variable], start);
        }

        for (int slot = 0; slot < _stack.Count; slot++)
        {
            OriginSet joined = _stack[slot];
            changed |= Join(ref joined, from._stack[slot], start);
            _stack[slot] = joined;
        }

        return changed;
    }

    private static bool Join(ref OriginSet into, OriginSet from, int start)
    {
        OriginSet joined = OriginSet.Join(into, from, start);
        bool changed = joined.Origins != into.Origins || joined.IsPointer != into.IsPointer || joined.IsReference != into.IsReference;
        into = joined;
        return changed;
    }
}
