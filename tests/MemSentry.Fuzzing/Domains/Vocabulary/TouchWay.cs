namespace MemSentry.Fuzzing.Domains.Vocabulary;

/// <summary>One way to touch a region, as C#: <c>{r}</c> is the region, <c>{i}</c> an index below twelve.</summary>
/// <param name="Name">As trees name it.</param>
/// <param name="Read">An expression.</param>
/// <param name="Write">A statement without its semicolon. The bytes from the 16th to the 31st stay as they are: by them a probe tells text from ciphertext.</param>
/// <param name="IsUnsafe">Whether it needs pointers, which a suspended member and its filters do without.</param>
/// <param name="IsByFramework">Whether a member of the framework does it, for which a window of <c>Callees=none</c> closes.</param>
public sealed record TouchWay(string Name, string Read, string Write, bool IsUnsafe = false, bool IsByFramework = false);
