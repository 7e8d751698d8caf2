using System.Reflection.Metadata;

namespace MemSentry.Analysis.Prescan;

/// <summary>
/// What lies on the stack where control flow meets. The scan runs from the first instruction to the last, once: a forward branch leaves the stack for its
/// target to find, and a backward branch may only lead to where the stack was empty, with an empty stack (ECMA-335 III.1.7.5 has compilers keep to that).
/// </summary>
internal sealed class BranchStates
{
    private readonly Dictionary<int, SlotKind[]> _awaited = [];
    private readonly HashSet<int> _startsWithStack = [];
    private bool[] _starts = [];
    private int _length;

    /// <summary>Whether every branch so far agreed with the rest.</summary>
    public bool Agree { get; private set; }

    /// <summary>Whether all targets of forward branches were reached.</summary>
    public bool AreComplete => _awaited.Count == 0;

    public void Reset(int codeLength)
    {
        _awaited.Clear();
        _startsWithStack.Clear();
        if (_starts.Length < codeLength)
        {
            _starts = new bool[codeLength * 2];
        }

        _starts.AsSpan(0, codeLength).Clear();
        _length = codeLength;
        Agree = true;
    }

    /// <summary>A handler will be entered, with the exception on the stack or with nothing (ECMA-335 III.1.7.5). Filters are for the analysis.</summary>
    public void Enter(ExceptionRegion region)
    {
        Agree &= region.Kind != ExceptionRegionKind.Filter && region.HandlerOffset >= 0 && region.HandlerOffset < _length;
        _awaited[region.HandlerOffset] = region.Kind == ExceptionRegionKind.Catch ? [SlotKind.Object] : [];
    }

    /// <summary>An instruction begins.</summary>
    /// <param name="offset">Its offset.</param>
    /// <param name="stack">The stack; it is set if only branches lead here.</param>
    /// <param name="fallsThrough">Whether the instruction before goes on to this one.</param>
    public void Begin(int offset, KindStack stack, bool fallsThrough)
    {
        _starts[offset] = true;
        bool isTarget = _awaited.Remove(offset, out SlotKind[]? expected);
        if (!fallsThrough)
        {
            stack.Load(expected);
        }
        else if (isTarget)
        {
            Agree &= stack.Slots.SequenceEqual(expected);
        }

        if (stack.Depth > 0)
        {
            _startsWithStack.Add(offset);
        }
    }

    /// <summary>A branch leaves.</summary>
    /// <param name="from">The offset behind the branch instruction.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="stack">The stack after the branch instruction has popped its operands.</param>
    public void Branch(int from, int target, KindStack stack)
    {
        if (target < 0 || target >= _length || stack.HoldsReferences)
        {
            Agree = false;
        }
        else if (target < from)
        {
            Agree &= stack.Depth == 0 && _starts[target] && !_startsWithStack.Contains(target);
        }
        else if (_awaited.TryGetValue(target, out SlotKind[]? expected))
        {
            Agree &= stack.Slots.SequenceEqual(expected);
        }
        else
        {
            _awaited.Add(target, stack.Depth == 0 ? [] : stack.Slots.ToArray());
        }
    }
}
