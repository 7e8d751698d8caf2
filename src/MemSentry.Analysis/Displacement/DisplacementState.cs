using MemSentry.Analysis.Held;
using MemSentry.Analysis.Provenance;

namespace MemSentry.Analysis.Displacement;

/// <summary>
/// What is known at one point of a member: a term for each variable and stack slot, and for some symbols how far their value lies, at most, from an address
/// outside the block.
/// </summary>
/// <param name="start">The first instruction of the block that the state belongs to.</param>
/// <param name="variables">The arguments and local variables that are followed: the first ones.</param>
/// <param name="held">Which values may have been there before a call.</param>
internal sealed class DisplacementState(int start, Term[] variables, HeldState held)
{
    private readonly List<Term> _stack = [];
    private readonly Dictionary<long, Interval> _near = [];

    /// <summary>What that rests on, where it is more than checks and anchors.</summary>
    private readonly Dictionary<long, Basis> _bases = [];

    /// <summary>The types on the stack at this point, while a block is gone through.</summary>
    public FrameState? Frame { get; set; }

    /// <summary>Where a check of a variable would go at this point, while a block is gone through.</summary>
    public StatementStart? Statement { get; set; }

    /// <summary>Which variables the values on the stack were loaded from, while a block is gone through.</summary>
    public LoadedVariables? Loaded { get; set; }

    /// <summary>The comparison by which a block ended that was gone through; null if it ended otherwise.</summary>
    public Comparison? Comparison { get; set; }

    /// <summary>Which values may have been there before a call.</summary>
    public HeldState Held => held;

    /// <summary>The arguments and local variables that are followed.</summary>
    public Term[] Variables => variables;

    /// <summary>Whether a variable is one of them.</summary>
    public bool Follows(int variable) => variable < variables.Length;

    /// <summary>The number of values on the stack.</summary>
    public int Depth => _stack.Count;

    public DisplacementState Copy() => CopyFor(start);

    public DisplacementState CopyFor(int block)
    {
        var copy = new DisplacementState(block, [.. variables], held.Copy());
        copy._stack.AddRange(_stack);
        if (_near.Count > 0)
        {
            copy.LearnFrom(this);
        }

        return copy;
    }

    /// <summary>Takes over what is known of symbols that a slot refers to. The others are never asked for again, and would pile up from block to block.</summary>
    private void LearnFrom(DisplacementState known)
    {
        for (int slot = 0; slot < variables.Length + _stack.Count; slot++)
        {
            long symbol = this[slot].Symbol;
            if (known._near.TryGetValue(symbol, out Interval near))
            {
                Learn(symbol, near, known._bases.GetValueOrDefault(symbol));
            }
        }
    }

    public void ClearStack()
    {
        _stack.Clear();
        held.ClearStack();
    }

    public Term Peek(int depth) => _stack[^(depth + 1)];

    public void Push(Term term) => _stack.Add(term);

    /// <summary>Pops down to a depth.</summary>
    public void PopTo(int depth) => _stack.RemoveRange(depth, _stack.Count - depth);

    /// <summary>How far the value of a term lies, at most, from an address outside the block; null if nobody knows.</summary>
    public Interval? Near(Term term) => term.Symbol switch
    {
        Symbols.None => null,
        Symbols.Zero => term.Offset,
        _ => _near.TryGetValue(term.Symbol, out Interval near) ? Interval.Add(near, term.Offset) : null,
    };

    /// <summary>Says how far the value of a symbol lies, at most, from an address outside the block.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="near">How far.</param>
    /// <param name="basis">What says so.</param>
    public void Learn(long symbol, Interval near, Basis basis)
    {
        _near[symbol] = near;
        Put(symbol, basis);
    }

    /// <summary>What it rests on that this is known of a term.</summary>
    public Basis BasisOf(Term term) => _bases.GetValueOrDefault(term.Symbol);

    /// <summary>A variable that holds the value of a symbol, give or take a constant; null if there is none.</summary>
    public int? VariableOf(long symbol)
    {
        int found = Array.FindIndex(variables, v => v.Symbol == symbol && v.Offset.IsConstant);
        return found >= 0 ? found : null;
    }

    /// <summary>
    /// A variable was made new before it was last loaded: it, and what was computed from it since, is another value than what was there before. No other slot is,
    /// even one that held the same.
    /// </summary>
    /// <param name="variable">The variable, whose value is that of a symbol plus a constant; nothing else that is held has the same symbol.</param>
    /// <param name="symbol">A symbol for the new value.</param>
    /// <param name="depth">How many values lay on the stack where it was made new.</param>
    public void Renew(int variable, long symbol, int depth)
    {
        Term before = variables[variable];
        variables[variable] = Term.Of(symbol);
        held[variable] = held[variable] with { IsHeld = false };
        for (int slot = depth; slot < _stack.Count; slot++)
        {
            if (_stack[slot].Symbol == before.Symbol && Interval.Subtract(_stack[slot].Offset, before.Offset) is { } offset)
            {
                _stack[slot] = new Term(symbol, offset);
            }
        }
    }

    /// <summary>
    /// After a call: the callee may have kept our registers where an attacker can write. So no copy is known to equal another any more, and an int32 that the
    /// JIT keeps in widened form may have grown.
    /// </summary>
    /// <param name="instruction">The call.</param>
    /// <param name="isWide">Whether a slot, variables first, holds 64 bits: of those the symbol says at least that copies made from here on are equal.</param>
    /// <param name="keepsInt32">Whether the stack is trusted: then an int32 is what it was.</param>
    public void Distrust(int instruction, Func<int, bool> isWide, bool keepsInt32)
    {
        _near.Clear();
        _bases.Clear();
        for (int slot = 0; slot < variables.Length + _stack.Count; slot++)
        {
            this[slot] = isWide(slot) ? Term.Of(Symbols.AfterCall(instruction, slot)) : keepsInt32 ? this[slot] : Term.Unknown;
        }
    }

    /// <summary>
    /// A comparison found the number in a variable within bounds. Of what is known to lie near an address outside the block that is told before; a number says less.
    /// </summary>
    public void Bound(int variable, Interval bounds)
    {
        Term term = variables[variable];
        Interval? before = term.IsNumber ? term.Offset : term is { IsKnown: true, Offset: { IsConstant: true, Low: 0 } } && Near(term) is null ? Interval.Int64 : null;
        if (before is { } known && new Interval(Math.Max(known.Low, bounds.Low), Math.Min(known.High, bounds.High)) is var found && found.Low <= found.High && found != known)
        {
            variables[variable] = Term.Number(found);
        }
    }

    /// <summary>Gives the slots of a block at which paths meet symbols of its own.</summary>
    public void Rename()
    {
        var renamed = new Dictionary<long, (Interval Near, Basis Basis)>();
        for (int slot = 0; slot < variables.Length + _stack.Count; slot++)
        {
            Term term = this[slot];
            if (term.IsKnown && !term.IsNumber)
            {
                long symbol = Symbols.AtStart(start, slot);
                if (Near(term) is { } near)
                {
                    renamed.Add(symbol, (near, BasisOf(term)));
                }

                this[slot] = Term.Of(symbol);
            }
        }

        _near.Clear();
        _bases.Clear();
        foreach ((long symbol, (Interval near, Basis basis)) in renamed)
        {
            Learn(symbol, near, basis);
        }
    }

    /// <summary>Joins another path into this one.</summary>
    /// <returns>Whether less is known now.</returns>
    public bool Join(DisplacementState from)
    {
        // What becomes of a slot whose terms differ depends on what both states knew before.
        bool changed = held.Join(from.Held);
        var met = new List<(int Slot, Term Term, Interval? Near)>();
        for (int slot = 0; slot < variables.Length + _stack.Count; slot++)
        {
            if (this[slot] != from[slot])
            {
                met.Add(Meet(slot, from));
            }

            Term joined = met is [.., var last] && last.Slot == slot ? last.Term : this[slot];
            if (joined is { IsKnown: true, IsNumber: false } && BasisOf(joined) is var before && (before | from.BasisOf(from[slot]) | BasisOf(this[slot])) is var basis && basis != before)
            {
                Put(joined.Symbol, basis);
                changed = true;
            }
        }

        long[] owned = [.. met.Where(m => Owns(m.Slot, m.Term)).Select(m => m.Term.Symbol)];
        foreach (long symbol in _near.Keys.Except(owned).ToArray())
        {
            Interval before = _near[symbol];
            Interval? joined = from._near.TryGetValue(symbol, out Interval other) ? Interval.Widen(before, other) : null;
            changed |= joined != before;
            Put(symbol, joined);
        }

        foreach ((int slot, Term term, Interval? near) in met)
        {
            changed |= this[slot] != term || (Owns(slot, term) && Known(term.Symbol) != near);
            this[slot] = term;
            if (Owns(slot, term))
            {
                Put(term.Symbol, near);
            }
        }

        return changed;
    }

    private Term this[int slot]
    {
        get => slot < variables.Length ? variables[slot] : _stack[slot - variables.Length];
        set
        {
            if (slot < variables.Length)
            {
                variables[slot] = value;
            }
            else
            {
                _stack[slot - variables.Length] = value;
            }
        }
    }

    private (int Slot, Term Term, Interval? Near) Meet(int slot, DisplacementState from)
    {
        Term a = this[slot];
        Term b = from[slot];
        if (!a.IsKnown || !b.IsKnown)
        {
            return (slot, Term.Unknown, null);
        }

        if (a.IsNumber && b.IsNumber && Interval.WidenNumber(a.Offset, b.Offset) is { } offset)
        {
            return (slot, a with { Offset = offset }, null);
        }

        Interval? near = Near(a) is { } own && from.Near(b) is { } other ? Interval.Widen(own, other) : null;
        return (slot, Term.Of(Symbols.AtStart(start, slot)), near);
    }

    /// <summary>Whether a term is the name that this block gives to a slot whose terms differ.</summary>
    private bool Owns(int slot, Term term) => term.Symbol == Symbols.AtStart(start, slot);

    private void Put(long symbol, Basis basis)
    {
        if (basis == Basis.None)
        {
            _bases.Remove(symbol);
        }
        else
        {
            _bases[symbol] = basis;
        }
    }

    private Interval? Known(long symbol) => _near.TryGetValue(symbol, out Interval near) ? near : null;

    private void Put(long symbol, Interval? near)
    {
        if (near is { } interval)
        {
            _near[symbol] = interval;
        }
        else
        {
            _near.Remove(symbol);
        }
    }

}
