namespace MemSentry.AccessTable;

/// <summary>
/// The number that stands for a domain in woven code, a constant that nobody can rewrite: FNV-1a over the name's UTF-16. The runtime computes the same,
/// and refuses two names with one number.
/// </summary>
public static class DomainNumber
{
    /// <summary>The domain of everything that names none.</summary>
    public const string DefaultName = "default";

    /// <summary>The number of a name; empty for the default domain.</summary>
    public static int Of(string name)
    {
        uint hash = 2166136261;
        foreach (char c in name.Length == 0 ? DefaultName : name)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return unchecked((int)hash);
    }
}
