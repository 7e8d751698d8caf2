namespace MemSentry.Analysis.Planning;

/// <summary>Evidence that an assembly has raw accesses.</summary>
/// <param name="Member">The member.</param>
/// <param name="Offset">The instruction's IL offset, in bytes.</param>
/// <param name="Opcode">The instruction's opcode.</param>
public sealed record RawAccess(string Member, int Offset, string Opcode);
