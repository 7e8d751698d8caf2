namespace MemSentry.Analysis.Prescan;

/// <summary>
/// What instructions of one group have in common. Control goes on behind all of them, which is what a rule returns. Operands of which something has to hold are
/// counted, as <see cref="Provenance.AccessFinder"/> finds them: here all of them are references, which stand.
/// </summary>
internal sealed class KindRules(KindStack stack)
{
    /// <summary>The number of operands so far of which something has to hold.</summary>
    public int Proven { get; private set; }

    public void Reset() => Proven = 0;

    public bool Load(SlotKind kind)
    {
        stack.Push(kind);
        return true;
    }

    /// <summary>Loads a variable. What kind of reference lies in one that holds references, only the analysis can find out.</summary>
    public bool LoadVariable(SlotKind kind) => Load(kind == SlotKind.Reference ? SlotKind.Address : kind);

    /// <summary>Stores into a variable or static field, which then holds what it was declared for.</summary>
    public bool StoreValue(SlotKind kind)
    {
        stack.Pop(kind == SlotKind.Reference ? SlotKind.Address : kind);
        return true;
    }

    /// <summary>Makes a reference to a variable, field or element: an anchor.</summary>
    public bool LoadAddress(SlotKind target) => Load(target is SlotKind.Number or SlotKind.Object or SlotKind.Structure ? SlotKind.Reference : SlotKind.Address);

    public bool LoadIndirect(SlotKind kind)
    {
        PopAccessed();
        return Load(kind);
    }

    public bool StoreIndirect(SlotKind kind)
    {
        stack.Pop(kind);
        PopAccessed();
        return true;
    }

    public bool Initialize(SlotKind kind)
    {
        if (kind is SlotKind.Address)
        {
            stack.Fail();
        }

        PopAccessed();
        return true;
    }

    public bool LoadField(SlotKind kind)
    {
        PopContainer();
        return Load(kind);
    }

    public bool StoreField(SlotKind kind)
    {
        stack.Pop(kind);
        PopContainer();
        return true;
    }

    /// <summary>Pops what a field is looked for in: an object, a structure, or a reference to one.</summary>
    private void PopContainer()
    {
        if (stack.Depth > 0 && stack.Slots[^1] is SlotKind.Object or SlotKind.Structure)
        {
            _ = stack.Pop();
        }
        else
        {
            PopAccessed();
        }
    }

    /// <summary>Pops a reference through which memory is accessed.</summary>
    private void PopAccessed()
    {
        Proven++;
        if (stack.Pop() is not (SlotKind.Reference or SlotKind.This))
        {
            stack.Fail();
        }
    }

    public bool LoadElement(SlotKind kind)
    {
        stack.PopInteger();
        stack.Replace(SlotKind.Object, kind);
        return true;
    }

    public bool StoreElement(SlotKind kind)
    {
        stack.Pop(kind);
        stack.PopInteger();
        stack.Pop(SlotKind.Object);
        return true;
    }

    /// <param name="callee">The callee.</param>
    /// <param name="isOwn">Whether the type that declares the caller declares it, too.</param>
    public bool Call(CallKinds callee, bool isOwn)
    {
        PopArguments(callee);
        if (callee.HasReceiver)
        {
            bool isThis = isOwn && stack.Depth > 0 && stack.Slots[^1] == SlotKind.This;
            PopOperand(isThis ? SlotKind.This : callee.Receiver);
        }

        return LoadResult(callee);
    }

    /// <summary>A call through a reference to a value of a type that an instruction names (ECMA-335 III.2.1).</summary>
    public bool CallConstrained(CallKinds callee)
    {
        PopArguments(callee);
        PopOperand(SlotKind.Reference);
        return LoadResult(callee);
    }

    /// <summary>Whoever returns a reference has made it of something of its own.</summary>
    private bool LoadResult(CallKinds callee) => callee.Result == SlotKind.Nothing || Load(callee.Result == SlotKind.Reference ? SlotKind.Address : callee.Result);

    public bool Construct(CallKinds callee)
    {
        PopArguments(callee);
        return Load(callee.Declaring);
    }

    private void PopArguments(CallKinds callee)
    {
        for (int i = callee.Parameters.Length - 1; i >= 0; i--)
        {
            PopOperand(callee.Parameters[i]);
        }
    }

    /// <summary>Pops what a member passes on. A reference has to stand, and does.</summary>
    public void PopOperand(SlotKind kind)
    {
        stack.Pop(kind);
        if (kind is SlotKind.Reference or SlotKind.This)
        {
            Proven++;
        }
    }
}
