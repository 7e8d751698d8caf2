namespace MemSentry.Fuzzing.Generation.Tree;

/// <summary>The type of a member's pointer variables.</summary>
public enum VariableType
{
    /// <summary><c>byte*</c>.</summary>
    Pointer,

    /// <summary><c>nint</c>.</summary>
    NativeInteger,

    /// <summary><c>ref byte</c>, set and read without a conversion. IL only.</summary>
    Reference,
}
