namespace MemSentry.Fuzzing.Generation.Tree;

/// <summary>Comparisons of 64-bit integers and addresses.</summary>
public enum Comparison
{
    /// <summary><c>==</c>.</summary>
    Equal,

    /// <summary><c>!=</c>.</summary>
    Different,

    /// <summary><c>&lt;</c>, signed.</summary>
    Less,

    /// <summary><c>&gt;</c>, signed.</summary>
    Greater,
}
