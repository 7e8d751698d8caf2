namespace MemSentry.Fuzzing.Domains.Vocabulary;

/// <summary>
/// One kind of whitelisted member, as C#: <c>{n}</c> is its number, <c>{a}</c> the attribute that makes it one, <c>{s}</c> the class that it is in, <c>{d}</c> its argument.
/// </summary>
/// <param name="Name">As trees name it.</param>
/// <param name="Declaration">All before the braces of its body; what they are inside of is closed by as many as are open.</param>
/// <param name="Call">An expression that calls it.</param>
/// <param name="Leave">How its body returns the hash.</param>
/// <param name="Suspension">Whether it can be suspended.</param>
public sealed record GateShape(string Name, string Declaration, string Call, string Leave = "return h;", Suspension Suspension = Suspension.None)
{
    /// <summary>What closes the types around it.</summary>
    public string End => new('}', Declaration.Replace("{a}", "", StringComparison.Ordinal).Replace("{n}", "", StringComparison.Ordinal).Count(c => c == '{'));
}
