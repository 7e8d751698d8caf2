using MemSentry.Mutants.Sites;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Kinds;

/// <summary>The address or variable that is used is not what was checked or masked, but twice that, or lies out of reach of it.</summary>
public sealed class MovedAfterCheck : IMemberMutationKind
{
    /// <inheritdoc/>
    public string Name => "moved-after-check";

    /// <inheritdoc/>
    public IEnumerable<MemberMutation> MutationsOf(MethodDefinition member) =>
        CompareSite.In(member).Where(s => !s.IsOfVariable).Select(s => Of(s, "compare"))
            .Concat(CompareSite.In(member).Where(s => s.IsLoadedNext).Select(OfVariable))
            .Concat(MaskSite.In(member).Select(s => Of(s, "mask")))
            .Concat(MaskSite.In(member).Select(MovedBack));

    private static MemberMutation OfVariable(CompareSite site) => new(site, "variable", body => body.InsertBefore(
        site.Ok, site.Load(), site.Load(), Instruction.Create(OpCodes.Add), site.Store()));

    private static MemberMutation MovedBack(MaskSite site) => new(site, "mask, back into the block", body => body.InsertBefore(
        site.Member.Body.Instructions[site.End], Instruction.Create(OpCodes.Ldc_I8, AccessTable.AddressSpaceLayout.AliasBit), Instruction.Create(OpCodes.Sub)));

    private static MemberMutation Of(Site site, string what) => new(site, what, body => body.InsertBefore(
        site.Member.Body.Instructions[site.End], Instruction.Create(OpCodes.Dup), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Add)));
}
