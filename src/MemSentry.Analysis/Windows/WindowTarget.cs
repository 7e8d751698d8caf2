namespace MemSentry.Analysis.Windows;

/// <summary>What a whitelisted member opens.</summary>
/// <param name="Domain">Name of the domain; empty for the default one.</param>
/// <param name="Writes">Whether it may write.</param>
public readonly record struct WindowTarget(string Domain, bool Writes)
{
    private const string DefaultDomain = "default";

    /// <summary>What a member opens that says nothing about it.</summary>
    public static WindowTarget Default { get; } = new("", true);

    /// <summary>
    /// The number that stands for the domain in woven code, a constant that nobody can rewrite: FNV-1a over the name's UTF-16. The runtime computes the same,
    /// and refuses two names with one number.
    /// </summary>
    public int Number
    {
        get
        {
            uint hash = 2166136261;
            foreach (char c in Domain.Length == 0 ? DefaultDomain : Domain)
            {
                hash = unchecked((hash ^ c) * 16777619);
            }

            return unchecked((int)hash);
        }
    }

    /// <summary>The runtime's number for the rights.</summary>
    public int Rights => Writes ? 2 : 1;

    /// <summary>Whether all that another member may do is allowed here.</summary>
    public bool Includes(WindowTarget other) => Number == other.Number && (Writes || !other.Writes);
}
