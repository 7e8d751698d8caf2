using MemSentry.Analysis.Options;

namespace MemSentry.Mutants.Subjects;

/// <summary>An assembly to weave and break.</summary>
/// <param name="Name">Assembly and variant, as the survivors' file names it.</param>
/// <param name="Input">The unwoven file.</param>
/// <param name="Options">How it is woven.</param>
/// <param name="Rounds">How many broken copies are made of it at most; in each, no member is broken twice.</param>
public sealed record Subject(string Name, string Input, WeaverOptions Options, int Rounds);
