using MemSentry.Analysis.Options;

namespace MemSentry.Mutants.Subjects;

/// <summary>An assembly to weave and break.</summary>
/// <param name="Name">Assembly and variant, as the survivors' file names it.</param>
/// <param name="Input">The unwoven file.</param>
/// <param name="Options">How it is woven.</param>
/// <param name="IsSmall">Whether many broken copies of it may be made, as every break of the whole module needs one of its own.</param>
public sealed record Subject(string Name, string Input, WeaverOptions Options, bool IsSmall)
{
    /// <summary>How many broken copies hold its broken members; in each, no member is broken twice.</summary>
    public int Rounds => IsSmall ? 6 : 1;
}
