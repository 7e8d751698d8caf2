using MemSentry.Analysis.Stack;

namespace MemSentry.Analysis.Held;

/// <summary>One stack slot or variable, as <see cref="HeldState"/> follows it.</summary>
/// <param name="Kind">Its stack type.</param>
/// <param name="IsHeld">Whether it, or something that it was computed from, may have been there before a call.</param>
/// <param name="IsOwn">Whether it may be the address of a variable of the member, or of a part of one: what lies there the JIT may keep in a register.</param>
/// <param name="IsIndex">Whether it was computed from numbers of 32 bits and constants alone: then it cannot take back what a pointer adds to a sum.</param>
internal readonly record struct HeldValue(StackKind Kind, bool IsHeld, bool IsOwn, bool IsIndex)
{
    /// <summary>What is new.</summary>
    public static HeldValue New(StackKind kind, bool isIndex = false) => new(kind, false, false, isIndex || kind == StackKind.Int32);

    /// <summary>After a call it is held.</summary>
    public HeldValue AcrossCall() => this with { IsHeld = true, IsIndex = Kind == StackKind.Int32 };

    public static HeldValue Join(HeldValue a, HeldValue b) =>
        new(a.Kind == b.Kind ? a.Kind : StackKind.NativeInt, a.IsHeld || b.IsHeld, a.IsOwn || b.IsOwn, a.IsIndex && b.IsIndex);

    /// <summary>What is computed from several values: a new pointer makes a new one with any index. What comes out of an object was read from memory that others can write.</summary>
    public static HeldValue Computed(StackKind kind, ReadOnlySpan<HeldValue> operands)
    {
        bool isIndex = true;
        bool anyIsHeld = false;
        bool pointerIsHeld = false;
        bool isOwn = false;
        foreach (HeldValue operand in operands)
        {
            bool isHeld = operand.IsHeld && operand.Kind != StackKind.Object;
            isIndex &= operand.IsIndex;
            anyIsHeld |= isHeld;
            pointerIsHeld |= isHeld && !operand.IsIndex;
            isOwn |= operand.IsOwn;
        }

        return new HeldValue(kind, isIndex ? anyIsHeld : pointerIsHeld, isOwn, isIndex || kind == StackKind.Int32);
    }
}
