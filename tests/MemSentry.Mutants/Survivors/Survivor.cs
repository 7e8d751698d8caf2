namespace MemSentry.Mutants.Survivors;

/// <summary>A mutant that the verifier accepts, and why that is right.</summary>
/// <param name="Mutant">The mutant, as text.</param>
/// <param name="Reason">Why it is equivalent to the original.</param>
public sealed record Survivor(string Mutant, string Reason);
