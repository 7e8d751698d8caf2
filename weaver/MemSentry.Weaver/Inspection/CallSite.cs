namespace MemSentry.Weaver.Inspection;

/// <summary>One instruction that names a whitelisted member.</summary>
/// <param name="Token">The calling member's metadata token.</param>
/// <param name="Member">The calling member as the trust list writes it.</param>
/// <param name="Offset">The instruction's IL offset in the input, in bytes.</param>
/// <param name="Opcode">The instruction's opcode: a call, or <c>ldftn</c> and the like, which make a delegate or function pointer.</param>
/// <param name="Through">The base or interface member that is named instead, when the call only may end there; else null.</param>
public sealed record CallSite(uint Token, string Member, int Offset, string Opcode, string? Through);
