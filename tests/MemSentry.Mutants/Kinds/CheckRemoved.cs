using MemSentry.Mutants.Sites;
using Mono.Cecil;

namespace MemSentry.Mutants.Kinds;

/// <summary>The check is gone: the access uses what nobody looked at.</summary>
public sealed class CheckRemoved : IMemberMutationKind
{
    /// <inheritdoc/>
    public string Name => "check-removed";

    /// <inheritdoc/>
    public IEnumerable<MemberMutation> MutationsOf(MethodDefinition member) =>
        CompareSite.In(member).Select(s => Of(s, "compare")).Concat(MaskSite.In(member).Select(s => Of(s, "mask")));

    private static MemberMutation Of(Site site, string what) => new(site, what, body => body.Erase(site));
}
