using Mono.Cecil;

namespace MemSentry.Verifier.Facts;

/// <summary>The members whose bodies are not verified because the trust list names them.</summary>
internal sealed class TrustedMembers
{
    private readonly HashSet<MethodDefinition> _members = [];

    /// <summary>Finds the members. A line that names none, or that could mean either of two, trusts nobody and is a finding.</summary>
    public TrustedMembers(ModuleDefinition module, TrustList list, List<Finding> findings)
    {
        if (list.Members.Count == 0)
            return;

        ILookup<string, MethodDefinition> named = module.GetTypes().SelectMany(t => t.Methods).ToLookup(MemberName.Of);
        foreach (IGrouping<string, string> line in list.Members.GroupBy(m => m))
        {
            MethodDefinition[] meant = [.. named[line.Key]];
            if (meant.Length == line.Count())
                _members.UnionWith(meant);
            else
                findings.Add(new Finding(VerifierCode.TrustedMemberNotFound, $"The trust list names it {line.Count()} times, but the assembly has {meant.Length} such members.", line.Key));
        }
    }

    public bool Contains(MethodDefinition member) => _members.Contains(member);
}
