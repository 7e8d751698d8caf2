namespace MemSentry.Analysis.Planning;

/// <summary>Which proofs a plan may rest on.</summary>
internal enum Proofs
{
    /// <summary>Where an address comes from, and how far it lies from one that is proven.</summary>
    All,

    /// <summary>Where an address comes from, and nothing else.</summary>
    Origins,
}
