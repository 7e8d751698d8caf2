using MemSentry.Mutants.Sites;
using Mono.Cecil;

namespace MemSentry.Mutants.Kinds;

/// <summary>A check that the runtime makes at a border is gone: of a range with both its ends, of a displaced address, a span, a handle.</summary>
public sealed class BorderCheckDropped : IMemberMutationKind
{
    /// <inheritdoc/>
    public string Name => "border-check-dropped";

    /// <inheritdoc/>
    public IEnumerable<MemberMutation> MutationsOf(MethodDefinition member) => BorderSite.In(member).Select(s => new MemberMutation(s, s.Check.Name, body => body.Erase(s)));
}
