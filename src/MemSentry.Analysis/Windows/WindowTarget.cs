using MemSentry.AccessTable;

namespace MemSentry.Analysis.Windows;

/// <summary>What a whitelisted member opens.</summary>
/// <param name="Domain">Name of the domain; empty for the default one.</param>
/// <param name="Writes">Whether it may write.</param>
public readonly record struct WindowTarget(string Domain, bool Writes)
{
    /// <summary>What a member opens that says nothing about it.</summary>
    public static WindowTarget Default { get; } = new("", true);

    /// <summary>The number that stands for the domain in woven code.</summary>
    public int Number => DomainNumber.Of(Domain);

    /// <summary>The runtime's number for the rights.</summary>
    public int Rights => Writes ? 2 : 1;

    /// <summary>Whether all that another member may do is allowed here.</summary>
    public bool Includes(WindowTarget other) => Number == other.Number && (Writes || !other.Writes);
}
