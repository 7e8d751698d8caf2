namespace MemSentry.Verifier.Values;

/// <summary>Whose structure with references inside a number can be used to reach. The order is the lattice: the join of two is the greater one.</summary>
internal enum Exposure : byte
{
    /// <summary>None.</summary>
    Nothing,

    /// <summary>One in a variable of the body, which from then on has no faith in what it holds.</summary>
    Own,

    /// <summary>One that somebody lent, who goes on believing what it holds.</summary>
    Lent,
}
