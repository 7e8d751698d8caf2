namespace MemSentry.AccessTable;

/// <summary>Where the size of one element is found.</summary>
public enum ElementSizeKind
{
    /// <summary>A fixed number of bytes; 1 for lengths that count bytes.</summary>
    Bytes,

    /// <summary>Size of the callee's generic argument of that number.</summary>
    MethodArgument,

    /// <summary>Size of the generic argument of that number of the callee's declaring type.</summary>
    TypeArgument,

    /// <summary>Size of what the operand's own type points or refers to; unknown for <c>void*</c> and <c>nint</c>.</summary>
    Pointee,

    /// <summary>Size of the type of the parameter of that number.</summary>
    Parameter,

    /// <summary>Size of the callee's result.</summary>
    Result,

    /// <summary>The value of the operand of that number, in bytes.</summary>
    Operand,
}
