using MemSentry.Fuzzing.Generation.Tree;

namespace MemSentry.Fuzzing.Generation.Vocabulary;

/// <summary>The fields that members reach through pointers.</summary>
public static class StructureFields
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<StructureField> All { get; } =
    [
        new("Small", "Byte", Width.U1, 0),
        new("Small", "Short", Width.I2, 2),
        new("Small", "Int", Width.I4, 4),
        new("Small", "Long", Width.I8, 8),
        new("Overlap", "Whole", Width.I8, 0),
        new("Overlap", "Half", Width.U4, 4),
        new("Overlap", "Real", Width.R8, 0),
        new("Overlap", "Odd", Width.I2, 3),
        new("Wide", "First", Width.I8, 0),
        new("Wide", "Middle", Width.R4, 1020),
        new("Wide", "Last", Width.I8, 2040),
        new("Outer", "Pad", Width.U2, 0),
        new("Outer", "Inner.Int", Width.I4, 12),
        new("Outer", "Inner.Long", Width.I8, 16),
    ];

    /// <summary>The structure of two kilobytes.</summary>
    public const string Largest = "Wide";

    /// <summary>The structures.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. All.Select(f => f.Type).Distinct()];

    /// <summary>The field of a name.</summary>
    public static StructureField Of(string name) => All.First(f => f.Name == name);
}
