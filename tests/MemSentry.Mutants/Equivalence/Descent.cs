namespace MemSentry.Mutants.Equivalence;

/// <summary>How far the value that an instruction makes is from an address that needs no check.</summary>
internal enum Descent
{
    /// <summary>Nobody knows.</summary>
    Unknown,

    /// <summary>It is such an address: the runtime made it, or it is the same as a checked one.</summary>
    Same,

    /// <summary>It is a field behind a checked one: the guards absorb that step, once.</summary>
    Displaced,
}
