using MemSentry.Mutants.Sites;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Kinds;

/// <summary>The address that is used is not the one that was checked or masked, but twice that one.</summary>
public sealed class MovedAfterCheck : IMemberMutationKind
{
    /// <inheritdoc/>
    public string Name => "moved-after-check";

    /// <inheritdoc/>
    public IEnumerable<MemberMutation> MutationsOf(MethodDefinition member) =>
        CompareSite.In(member).Select(s => Of(s, "compare")).Concat(MaskSite.In(member).Select(s => Of(s, "mask")));

    private static MemberMutation Of(Site site, string what) => new(site, what, body => body.InsertBefore(
        site.Member.Body.Instructions[site.End], Instruction.Create(OpCodes.Dup), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Add)));
}
