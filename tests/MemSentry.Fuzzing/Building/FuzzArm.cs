namespace MemSentry.Fuzzing.Building;

/// <summary>One way to weave.</summary>
/// <param name="Method">The protection method.</param>
/// <param name="Rw">Which accesses are checked: <c>r</c>, <c>w</c> or <c>rw</c>.</param>
/// <param name="Trust">How long proofs hold.</param>
public sealed record FuzzArm(string Method, string Rw, string Trust)
{
    /// <summary>As reports show it.</summary>
    public string Name => $"{Method}-{Rw}-{Trust}";

    /// <summary>The options, as <see cref="Analysis.Options.OptionCatalog"/> reads them.</summary>
    public string Settings => $"ProtMethod={Method};Rw={Rw};Trust={Trust}";

    /// <summary>Whether loads are checked.</summary>
    public bool Reads => Rw.Contains('r', StringComparison.Ordinal);

    /// <summary>Whether stores are checked.</summary>
    public bool Writes => Rw.Contains('w', StringComparison.Ordinal);
}
