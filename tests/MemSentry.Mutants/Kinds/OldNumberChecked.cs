using MemSentry.Mutants.Sites;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Kinds;

/// <summary>What is checked or masked behind a call is what was there before it: the JIT may take the check or mask from there.</summary>
public sealed class OldNumberChecked : IMemberMutationKind
{
    /// <inheritdoc/>
    public string Name => "old-number-checked";

    /// <inheritdoc/>
    public IEnumerable<MemberMutation> MutationsOf(MethodDefinition member) => RenewalSite.In(member).SelectMany(Of);

    private static IEnumerable<MemberMutation> Of(RenewalSite site) =>
    [
        new(site, "not made new", body => body.Erase(site)),
        new(site, "not volatile", _ => MutableBody.Become(site.Volatile, OpCodes.Nop)),
    ];
}
