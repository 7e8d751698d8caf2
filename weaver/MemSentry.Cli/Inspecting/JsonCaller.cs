using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>A call of a whitelisted member as JSON has it; docs/list-format.md explains the properties.</summary>
internal sealed record JsonCaller(string Token, string Member, int Offset, string Opcode, string? Through)
{
    public static JsonCaller Of(CallSite site) => new(Wording.Token(site.Token), site.Member, site.Offset, site.Opcode, site.Through);
}
