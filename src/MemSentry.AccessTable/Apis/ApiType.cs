namespace MemSentry.AccessTable;

/// <summary>The rows of one framework type.</summary>
/// <param name="Name">Its full name (<c>Namespace.Outer/Inner`1</c>); <c>Namespace.*</c> for every type of a namespace and its nested types.</param>
/// <param name="Rows">Its rows; the first that matches counts.</param>
public sealed record ApiType(string Name, params IReadOnlyList<ApiRow> Rows)
{
    /// <summary>
    /// Whether a row may speak of a member of which no more than the name is known. A no is right for every member but the constructors of delegates, which take
    /// an address.
    /// </summary>
    /// <param name="member">The member's name.</param>
    public bool MayKnow(string member)
    {
        foreach (ApiRow row in Rows)
        {
            if (row.IsDefault || row.HasName(member))
            {
                return true;
            }
        }

        return false;
    }
}
