using MemSentry.Mutants.Running;
using MemSentry.Verifier;
using Mono.Cecil;

namespace MemSentry.Mutants.Kinds.Modules;

/// <summary>The trust list names somebody else than who was trusted.</summary>
public sealed class TrustListEdited : IModuleMutationKind
{
    private const string Member = "member ";
    private const string Access = "access ";

    /// <inheritdoc/>
    public string Name => "trust-list-edited";

    /// <inheritdoc/>
    public IEnumerable<ModuleMutation> MutationsOf(ModuleDefinition woven)
    {
        string[] lines = TrustListText.LinesOf(woven);
        yield return Of("none", VerifierCode.TrustListUnreadable, m => m.Resources.Remove(m.Resources.Single(r => r.Name == "MemSentry.TrustList")));
        yield return Listed("head of another assembly", VerifierCode.TrustListUnreadable, l => l.Select(x => x.StartsWith("assembly ", StringComparison.Ordinal) ? "assembly Other" : x));
        yield return Listed("line without meaning", VerifierCode.TrustListUnreadable, l => l.Append("everything"));
        yield return Listed("member that does not exist", VerifierCode.TrustedMemberNotFound, l => l.Append(Member + "System.Void Nobody::Never()"));
        yield return Listed("access that does not exist", VerifierCode.TrustedAccessNotFound, l => l.Append(Access + "System.Void Nobody::Never() input IL_0000 woven IL_0000"));
        if (woven.GetTypes().SelectMany(t => t.Methods).FirstOrDefault(m => m.HasBody && !lines.Contains(Member + MemberNames.Of(m))) is { } untrusted)
            yield return Listed("member added", VerifierCode.NotOnWhitelist, l => l.Append(Member + MemberNames.Of(untrusted)), asksUser: true);
        if (lines.Any(l => l.StartsWith(Access, StringComparison.Ordinal)))
        {
            yield return Listed("access moved", VerifierCode.AccessNotProven, l => l.Select(x => x.StartsWith(Access, StringComparison.Ordinal) ? Moved(x) : x));
            yield return Listed("access removed", VerifierCode.AccessNotProven, l => l.Where(x => !x.StartsWith(Access, StringComparison.Ordinal)));
        }
    }

    private static string Moved(string line) => line[..^1] + (line[^1] == 'f' ? '0' : 'f');

    private static ModuleMutation Listed(string how, VerifierCode expected, Func<string[], IEnumerable<string>> change, bool asksUser = false) =>
        new(how, expected, m => TrustListText.Replace(m, change(TrustListText.LinesOf(m))), asksUser);

    private static ModuleMutation Of(string how, VerifierCode expected, Action<ModuleDefinition> apply) => new(how, expected, apply);
}
