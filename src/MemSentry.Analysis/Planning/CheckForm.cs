namespace MemSentry.Analysis.Planning;

/// <summary>What a check does to the operand it stands for.</summary>
public enum CheckForm
{
    /// <summary>Compares it with the block and throws; the operand stays what it is.</summary>
    Compare,

    /// <summary>Compares the variable that it is displaced from, before the statement: the operand lies within reach of it.</summary>
    Base,

    /// <summary>Compares what it is displaced from, directly behind the instruction that pushes it: the operand lies within reach of it.</summary>
    PushedBase,

    /// <summary>Sets the bit of the alias in the very copy that the access consumes, so that it cannot lead into the block.</summary>
    Mask,

    /// <summary>Sets that bit in what the operand is displaced from, directly behind the instruction that pushes it: the operand lies within reach of it.</summary>
    MaskedBase,

    /// <summary>Puts a masked copy of a variable in its place, from which it is displaced by a known number of bytes: the copy moves with the variable.</summary>
    MaskedCopy,

    /// <summary>Compares both ends of the range that starts at it.</summary>
    Range,

    /// <summary>Compares the length of a range whose start is not among the operands.</summary>
    Length,

    /// <summary>Compares where it leads after another operand has moved it.</summary>
    Displaced,

    /// <summary>Compares both ends of the span that it is.</summary>
    Span,

    /// <summary>Compares both ends of the span that it refers to.</summary>
    SpanBehind,

    /// <summary>Compares every word of the handle that it is.</summary>
    Handle,

    /// <summary>Compares every word of the handle that it refers to.</summary>
    HandleBehind,
}
