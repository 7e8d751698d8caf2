using MemSentry.Mutants.Sites;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Kinds;

/// <summary>A load on which proofs rest is not volatile any more: the JIT may leave it out, and the pointer moves on unseen.</summary>
public sealed class LoadNotKept : IMemberMutationKind
{
    /// <inheritdoc/>
    public string Name => "load-not-kept";

    /// <inheritdoc/>
    public IEnumerable<MemberMutation> MutationsOf(MethodDefinition member) =>
        KeptLoadSite.In(member).Select(site => new MemberMutation(site, "", _ => MutableBody.Become(site.Volatile, OpCodes.Nop)));
}
