namespace MemSentry.Fuzzing.Generation.Tree;

/// <summary>The type that an index has when it is added to an address.</summary>
public enum IndexType
{
    /// <summary>int: extended with its sign.</summary>
    I4,

    /// <summary>uint: extended with zeros.</summary>
    U4,

    /// <summary>long.</summary>
    I8,

    /// <summary>ulong.</summary>
    U8,

    /// <summary>nint.</summary>
    Native,

    /// <summary>long, with overflow checks.</summary>
    Checked,
}
