namespace MemSentry.Fuzzing.Domains.Vocabulary;

/// <summary>One way in which somebody else's code comes to run, as a C# expression: <c>{f}</c> is a static member from int to int, <c>{d}</c> its argument.</summary>
public sealed record CallWay(string Name, string Code, bool IsUnsafe = false);
