using MemSentry.Fuzzing.Generation.Tree;

namespace MemSentry.Fuzzing.Generation.Vocabulary;

/// <summary>What C# calls the types of accesses.</summary>
public static class Widths
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Width> All { get; } = Enum.GetValues<Width>();

    /// <summary>The C# keyword.</summary>
    public static string Keyword(this Width width) => width switch
    {
        Width.I1 => "sbyte",
        Width.U1 => "byte",
        Width.I2 => "short",
        Width.U2 => "ushort",
        Width.I4 => "int",
        Width.U4 => "uint",
        Width.I8 => "long",
        Width.R4 => "float",
        _ => "double",
    };
}
