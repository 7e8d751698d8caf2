namespace MemSentry.Analysis.Stack;

/// <summary>What an evaluation-stack slot holds (ECMA-335 I.12.3.2.1, with the two float widths that RyuJIT keeps apart).</summary>
public enum StackKind
{
    /// <summary>A 32-bit integer; smaller integers and enumerations are widened to it.</summary>
    Int32,

    /// <summary>A 64-bit integer.</summary>
    Int64,

    /// <summary>A native integer or an unmanaged pointer: the same thing on the stack.</summary>
    NativeInt,

    /// <summary>A float that is known to be 32 bits wide.</summary>
    Float32,

    /// <summary>A float that is, or may be, 64 bits wide.</summary>
    Float64,

    /// <summary>An object reference.</summary>
    Object,

    /// <summary>A managed reference (<c>&amp;</c>).</summary>
    Reference,

    /// <summary>A value type, or a generic parameter that may be one.</summary>
    Value,
}
