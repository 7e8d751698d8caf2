namespace MemSentry.Fuzzing.Generation.Vocabulary;

/// <summary>One way to copy or fill a block of memory, as C#.</summary>
/// <param name="Name">As trees name it.</param>
/// <param name="Code">
/// A statement without its semicolon: <c>{p}</c> is where to, <c>{q}</c> where from or, of type byte, what with; <c>{n}</c> is how many bytes, as a uint.
/// </param>
/// <param name="MayOverlap">Whether it says what happens to blocks that overlap.</param>
public sealed record BlockMember(string Name, string Code, bool MayOverlap = true);
