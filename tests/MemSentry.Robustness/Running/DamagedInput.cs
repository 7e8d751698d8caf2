using MemSentry.Robustness.Subjects;

namespace MemSentry.Robustness.Running;

/// <summary>One input of a campaign.</summary>
/// <param name="Number">Which; with the seed it says all about how the input came to be.</param>
/// <param name="Subject">What was damaged.</param>
/// <param name="Mutation">How.</param>
/// <param name="Image">The assembly.</param>
/// <param name="Pdb">The debug information beside it, damaged or not; or null.</param>
internal sealed record DamagedInput(int Number, Subject Subject, string Mutation, byte[] Image, byte[]? Pdb);
