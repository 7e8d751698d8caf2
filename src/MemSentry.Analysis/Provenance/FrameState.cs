using System.Runtime.InteropServices;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Stack;

namespace MemSentry.Analysis.Provenance;

/// <summary>What is known at one point of a member: the evaluation stack, and the variables that hold addresses.</summary>
internal sealed class FrameState
{
    /// <summary>Most stacks never get deeper.</summary>
    private const int UsualDepth = 6;

    private readonly List<StackValue> _stack;
    private readonly bool _keepsRawPointers;

    /// <param name="variables">The arguments and local variables that can hold addresses.</param>
    /// <param name="keepsRawPointers">Whether raw pointers are believed after a call: the option <c>Trust=frame</c>.</param>
    public FrameState(ReadOnlySpan<StackValue> variables, bool keepsRawPointers = false)
        : this(new VariableStates(variables), new List<StackValue>(UsualDepth), keepsRawPointers)
    {
    }

    private FrameState(VariableStates variables, List<StackValue> stack, bool keepsRawPointers)
    {
        _keepsRawPointers = keepsRawPointers;
        Variables = variables;
        _stack = stack;
    }

    /// <summary>The arguments and local variables that can hold addresses, by <see cref="MemberVariables.SlotOf"/>.</summary>
    public VariableStates Variables { get; }

    /// <summary>The number of values on the stack.</summary>
    public int Depth => _stack.Count;

    public FrameState Copy()
    {
        FrameState copy = CopyOfVariables();
        copy._stack.AddRange(_stack);
        return copy;
    }

    public FrameState CopyOfVariables() => new(Variables.Copy(), new List<StackValue>(UsualDepth), _keepsRawPointers);

    public void ClearStack() => _stack.Clear();

    public void Push(StackValue value) => _stack.Add(value);

    public StackValue Pop()
    {
        StackValue top = Peek(0);
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    public void Pop(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Pop();
        }
    }

    /// <summary>The value at a depth, 0 being the top.</summary>
    public StackValue Peek(int depth) =>
        depth < _stack.Count ? _stack[_stack.Count - 1 - depth] : throw new NotModelledException("the evaluation stack underflows");

    /// <summary>Makes every raw pointer that survives a call untrusted; managed references stand under contract.</summary>
    public void DistrustRawPointers()
    {
        if (_keepsRawPointers)
        {
            return;
        }

        Variables.DistrustRawPointers();
        foreach (ref StackValue value in CollectionsMarshal.AsSpan(_stack))
        {
            value = value.AcrossCall();
        }
    }

    public bool Join(FrameState from)
    {
        if (_stack.Count != from._stack.Count)
        {
            throw new NotModelledException($"the evaluation stack is {_stack.Count} deep on one path and {from._stack.Count} on another");
        }

        bool changed = Variables.Join(from.Variables);
        changed |= Join(CollectionsMarshal.AsSpan(_stack), CollectionsMarshal.AsSpan(from._stack));
        return changed;
    }

    private static bool Join(Span<StackValue> into, ReadOnlySpan<StackValue> from)
    {
        bool changed = false;
        for (int i = 0; i < into.Length; i++)
        {
            StackValue joined = StackValue.Join(into[i], from[i]);
            if (joined != into[i])
            {
                into[i] = joined;
                changed = true;
            }
        }

        return changed;
    }
}
