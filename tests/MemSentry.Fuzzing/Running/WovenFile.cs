namespace MemSentry.Fuzzing.Running;

/// <summary>One woven assembly.</summary>
/// <param name="Arm">How it was woven.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Reads">Whether its loads are checked.</param>
/// <param name="Writes">Whether its stores are checked.</param>
/// <param name="StaysOpenForCallees">Whether its windows stay open for everybody's code, of scenarios.</param>
public sealed record WovenFile(string Arm, string Path, bool Reads, bool Writes, bool StaysOpenForCallees = false);
