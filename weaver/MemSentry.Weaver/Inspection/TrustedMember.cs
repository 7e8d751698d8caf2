namespace MemSentry.Weaver.Inspection;

/// <summary>One whitelisted member.</summary>
/// <param name="Token">Its metadata token.</param>
/// <param name="Member">The member as the trust list writes it.</param>
/// <param name="CodeSize">The size of its IL, in bytes; 0 for a member without any.</param>
/// <param name="IsVisibleOutside">Whether code of other assemblies, which no list of this assembly's callers shows, may call it too.</param>
/// <param name="Callers">Where members of the assembly that are not whitelisted call it or take its address, in order of token and offset.</param>
public sealed record TrustedMember(uint Token, string Member, int CodeSize, bool IsVisibleOutside, IReadOnlyList<CallSite> Callers);
