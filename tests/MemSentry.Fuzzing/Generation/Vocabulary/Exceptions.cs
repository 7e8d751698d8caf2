namespace MemSentry.Fuzzing.Generation.Vocabulary;

/// <summary>Exceptions that members throw and catch, as C# names them.</summary>
public static class Exceptions
{
    /// <summary>Those that members throw themselves.</summary>
    public static IReadOnlyList<string> Thrown { get; } = ["System.InvalidOperationException", "System.ArgumentException", "System.FormatException"];

    /// <summary>Those that members catch: their own, those of the processor, and everything.</summary>
    public static IReadOnlyList<string> Caught { get; } =
        [.. Thrown, "System.Exception", "System.NullReferenceException", "System.ArithmeticException", "System.SystemException"];
}
