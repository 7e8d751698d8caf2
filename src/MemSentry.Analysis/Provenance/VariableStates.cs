using MemSentry.Analysis.Stack;

namespace MemSentry.Analysis.Provenance;

/// <summary>
/// What is known of the variables at one point. A state is copied at every block and handler, and most variables are the same there: copies share
/// chunks of variables and their list, and what is about to change is copied then. So a member with thousands of variables and thousands of blocks costs what
/// changes, and not their product.
/// </summary>
internal sealed class VariableStates
{
    /// <summary>As many as the bits that say something of a chunk.</summary>
    private const int MaximumChunks = 64;
    private const int SmallestChunk = 64;

    private readonly int _perChunk;
    private StackValue[][] _chunks;

    /// <summary>Whether no other state shares the list of chunks.</summary>
    private bool _ownsList = true;

    /// <summary>The chunks that no other state shares.</summary>
    private ulong _owned;

    /// <summary>The chunks in which there may be raw pointers that are believed.</summary>
    private ulong _trusting;

    /// <param name="values">What is known of each; copied.</param>
    public VariableStates(ReadOnlySpan<StackValue> values)
    {
        Count = values.Length;
        _perChunk = Math.Max(SmallestChunk, (values.Length + MaximumChunks - 1) / MaximumChunks);
        _chunks = new StackValue[(values.Length + _perChunk - 1) / _perChunk][];
        for (int chunk = 0; chunk < _chunks.Length; chunk++)
        {
            int start = chunk * _perChunk;
            _chunks[chunk] = values[start..Math.Min(start + _perChunk, values.Length)].ToArray();
        }

        _owned = _trusting = ulong.MaxValue;
    }

    private VariableStates(VariableStates other)
    {
        Count = other.Count;
        _perChunk = other._perChunk;
        _chunks = other._chunks;
        _ownsList = false;
        _trusting = other._trusting;
    }

    /// <summary>How many variables there are.</summary>
    public int Count { get; }

    /// <summary>What is known of one.</summary>
    public StackValue this[int variable]
    {
        get => _chunks[variable / _perChunk][variable % _perChunk];
        set
        {
            int chunk = variable / _perChunk;
            Own(chunk)[variable % _perChunk] = value;
            _trusting |= value.IsTrustedPointer ? 1UL << chunk : 0;
        }
    }

    /// <summary>An independent copy.</summary>
    public VariableStates Copy()
    {
        if (Count == 0)
        {
            return this;
        }

        _ownsList = false;
        _owned = 0;
        return new VariableStates(this);
    }

    /// <summary>Makes every raw pointer untrusted.</summary>
    public void DistrustRawPointers()
    {
        for (int chunk = 0; chunk < _chunks.Length; chunk++)
        {
            if ((_trusting & (1UL << chunk)) != 0)
            {
                Distrust(chunk);
            }
        }

        _trusting = 0;
    }

    /// <summary>Makes this the least upper bound of both.</summary>
    /// <returns>Whether it changed.</returns>
    public bool Join(VariableStates from)
    {
        // What is joined with itself stays the same: joins are idempotent.
        if (_chunks == from._chunks)
        {
            return false;
        }

        bool changed = false;
        for (int chunk = 0; chunk < _chunks.Length; chunk++)
        {
            if (_chunks[chunk] != from._chunks[chunk])
            {
                changed |= Join(chunk, from._chunks[chunk]);
            }
        }

        _trusting |= from._trusting;
        return changed;
    }

    private bool Join(int chunk, StackValue[] from)
    {
        bool changed = false;
        for (int i = 0; i < from.Length; i++)
        {
            StackValue known = _chunks[chunk][i];
            StackValue joined = StackValue.Join(known, from[i]);
            if (joined != known)
            {
                Own(chunk)[i] = joined;
                changed = true;
            }
        }

        return changed;
    }

    private void Distrust(int chunk)
    {
        for (int i = 0; i < _chunks[chunk].Length; i++)
        {
            if (_chunks[chunk][i].IsTrustedPointer)
            {
                Own(chunk)[i] = _chunks[chunk][i].AcrossCall();
            }
        }
    }

    private StackValue[] Own(int chunk)
    {
        if (!_ownsList)
        {
            _chunks = (StackValue[][])_chunks.Clone();
            _ownsList = true;
        }

        if ((_owned & (1UL << chunk)) == 0)
        {
            _chunks[chunk] = (StackValue[])_chunks[chunk].Clone();
            _owned |= 1UL << chunk;
        }

        return _chunks[chunk];
    }
}
