namespace MemSentry.Analysis.Prescan;

/// <summary>What a stack slot or variable holds, as far as addresses are concerned.</summary>
internal enum SlotKind : byte
{
    /// <summary>An address that nothing is known of, or something that may be or hold one, or something unknown.</summary>
    Address,

    /// <summary>Nothing: the result of a member that returns none.</summary>
    Nothing,

    /// <summary>An integer of 32 or 64 bits, or a float.</summary>
    Number,

    /// <summary>The length of an array, a native integer: it may be compared, or converted to another integer, and nothing else.</summary>
    Length,

    /// <summary>An object reference.</summary>
    Object,

    /// <summary>A value of a value type or type parameter without managed references inside.</summary>
    Structure,

    /// <summary>
    /// A reference to a number, object or structure. On the stack it is one that the member itself has just made, of a variable, field or array element, and
    /// so outside the block. Variables never hold one: what lies in them is for the analysis.
    /// </summary>
    Reference,

    /// <summary>
    /// The <c>this</c> of a value type without references inside. By contract it lies outside the block; only accesses through it and calls of the same type's
    /// members are for the scan.
    /// </summary>
    This,
}
