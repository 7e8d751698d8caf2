namespace MemSentry.Fuzzing.Generation.Tree;

/// <summary>Arithmetic on 64-bit integers.</summary>
public enum Operation
{
    /// <summary><c>+</c>.</summary>
    Add,

    /// <summary><c>-</c>.</summary>
    Subtract,

    /// <summary><c>*</c>.</summary>
    Multiply,

    /// <summary><c>&amp;</c>.</summary>
    And,

    /// <summary><c>|</c>.</summary>
    Or,

    /// <summary><c>^</c>.</summary>
    Xor,

    /// <summary><c>&lt;&lt;</c>.</summary>
    ShiftLeft,

    /// <summary><c>&gt;&gt;</c>.</summary>
    ShiftRight,

    /// <summary><c>&gt;&gt;&gt;</c>.</summary>
    ShiftRightUnsigned,

    /// <summary><c>/</c>, which may throw.</summary>
    Divide,

    /// <summary><c>%</c>, which may throw.</summary>
    Remainder,

    /// <summary><c>checked(+)</c>, which may throw.</summary>
    AddChecked,
}
