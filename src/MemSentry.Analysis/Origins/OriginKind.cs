namespace MemSentry.Analysis.Origins;

/// <summary>How a value of 64 bits that may be an address comes into a member.</summary>
public enum OriginKind
{
    /// <summary>It is passed as an argument.</summary>
    Parameter,

    /// <summary>It is what a local variable holds before it is assigned.</summary>
    Variable,

    /// <summary>An instruction makes it: a load from memory, the result of a call, a conversion from a reference or an object.</summary>
    Instruction,

    /// <summary>An instruction makes it, and it lies outside the block: <c>localloc</c>, the address of a variable, a number made of a proven reference.</summary>
    Anchor,
}
