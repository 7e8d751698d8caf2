namespace MemSentry.Fuzzing.Generation.Vocabulary;

/// <summary>A detour of an address that ends where it began, as C#.</summary>
/// <param name="Name">As trees name it.</param>
/// <param name="Code">An expression of type <c>byte*</c>; <c>{p}</c> is the address.</param>
public sealed record Passage(string Name, string Code);
