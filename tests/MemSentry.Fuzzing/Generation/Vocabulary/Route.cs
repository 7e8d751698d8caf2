namespace MemSentry.Fuzzing.Generation.Vocabulary;

/// <summary>One way to read and write memory, as C#.</summary>
/// <param name="Name">As trees name it.</param>
/// <param name="Load">An expression; <c>{T}</c> is the type, <c>{p}</c> an address of type <c>byte*</c>.</param>
/// <param name="Store">A statement without its semicolon; <c>{v}</c> is the value.</param>
public sealed record Route(string Name, string Load, string Store);
