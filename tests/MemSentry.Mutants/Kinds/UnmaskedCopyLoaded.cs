using MemSentry.Mutants.Sites;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Kinds;

/// <summary>Masked copies of a variable are made, but accesses use a copy that is made before each mask.</summary>
public sealed class UnmaskedCopyLoaded : IMemberMutationKind
{
    /// <inheritdoc/>
    public string Name => "unmasked-copy-loaded";

    /// <inheritdoc/>
    public IEnumerable<MemberMutation> MutationsOf(MethodDefinition member) => MaskSite.In(member).Where(s => s.Copy is not null).DistinctBy(s => s.Copy).Select(s => new MemberMutation(s, "", body => Load(s, body)));

    private static void Load(MaskSite site, MutableBody body)
    {
        VariableDefinition original = body.AddNumber();
        foreach (Instruction load in body.Code.Where(i => MaskSite.VariableLoadedBy(i, site.Member) == site.Copy).ToArray())
            MutableBody.Become(load, OpCodes.Ldloc, original);
        foreach (Instruction mask in MaskSite.In(site.Member).Where(s => s.Copy == site.Copy).Select(s => s[0]).ToArray())
            body.InsertBefore(mask, Instruction.Create(OpCodes.Dup), Instruction.Create(OpCodes.Stloc, original));
    }
}
