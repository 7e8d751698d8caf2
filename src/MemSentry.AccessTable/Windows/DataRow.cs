namespace MemSentry.AccessTable;

/// <summary>Members of one framework type that compute on data they are handed.</summary>
/// <param name="Type">Full name of the type without generic arguments; with a final <c>*</c>, of every type that starts so.</param>
/// <param name="Members">Names of members, which may end in <c>*</c>.</param>
/// <param name="Role">What they do.</param>
/// <param name="ComparesElements">Whether they call <c>Equals</c> or <c>CompareTo</c> of their elements, which must be the processor's own then.</param>
public sealed record DataRow(string Type, IReadOnlyList<string> Members, DataCallee Role = DataCallee.OnData, bool ComparesElements = false)
{
    internal bool Names(string type, string member) => Fits(Type, type) && Members.Any(m => Fits(m, member));

    private static bool Fits(string pattern, string name) =>
        pattern.EndsWith('*') ? name.AsSpan().StartsWith(pattern.AsSpan()[..^1], StringComparison.Ordinal) : pattern == name;
}
