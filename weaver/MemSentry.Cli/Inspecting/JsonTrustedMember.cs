using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>A whitelisted member as JSON has it; docs/list-format.md explains the properties.</summary>
internal sealed record JsonTrustedMember(string Token, string Member, int CodeSize, bool VisibleOutside, IReadOnlyList<JsonCaller> Callers)
{
    public static JsonTrustedMember Of(TrustedMember member) => new(
        Wording.Token(member.Token), member.Member, member.CodeSize, member.IsVisibleOutside, [.. member.Callers.Select(JsonCaller.Of)]);
}
