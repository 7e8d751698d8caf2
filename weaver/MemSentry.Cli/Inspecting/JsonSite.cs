using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>A site as JSON has it; docs/list-format.md explains the properties.</summary>
internal sealed record JsonSite(string Token, string Member, int Offset, string Opcode, string Kind, int Operand, string Decision, string Reason)
{
    public static JsonSite Of(AccessSite site) => new(
        Wording.Token(site.Token),
        site.Member,
        site.Offset,
        site.Opcode,
        Wording.Name(site.Kind),
        site.Operand,
        Wording.Name(site.Decision),
        Wording.Name(site.Reason));
}
