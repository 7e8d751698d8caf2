using MemSentry.Fuzzing.Generation.Tree;

namespace MemSentry.Fuzzing.Generation.Vocabulary;

/// <summary>A field of a structure of the prelude.</summary>
/// <param name="Type">The structure.</param>
/// <param name="Path">The field; of a nested structure, with a dot.</param>
/// <param name="Width">Its type.</param>
/// <param name="Offset">Where it is, in bytes.</param>
public sealed record StructureField(string Type, string Path, Width Width, int Offset)
{
    /// <summary>As trees name it.</summary>
    public string Name => $"{Type}.{Path}";

    /// <summary>Whether it is one of a structure in the structure.</summary>
    public bool IsInner => Path.Contains('.', StringComparison.Ordinal);
}
