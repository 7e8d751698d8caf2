namespace MemSentry.Fuzzing.Generation.Tree;

/// <summary>The type of a memory access.</summary>
public enum Width
{
    /// <summary>sbyte.</summary>
    I1,

    /// <summary>byte.</summary>
    U1,

    /// <summary>short.</summary>
    I2,

    /// <summary>ushort.</summary>
    U2,

    /// <summary>int.</summary>
    I4,

    /// <summary>uint.</summary>
    U4,

    /// <summary>long.</summary>
    I8,

    /// <summary>float.</summary>
    R4,

    /// <summary>double.</summary>
    R8,
}
