using MemSentry.Mutants.Sites;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Kinds;

/// <summary>A masked copy of a variable is made, but accesses use a copy that was made before the mask.</summary>
public sealed class UnmaskedCopyLoaded : IMemberMutationKind
{
    /// <inheritdoc/>
    public string Name => "unmasked-copy-loaded";

    /// <inheritdoc/>
    public IEnumerable<MemberMutation> MutationsOf(MethodDefinition member) => MaskSite.In(member).Where(s => s.Copy is not null).Select(s => new MemberMutation(s, "", body => Load(s, body)));

    private static void Load(MaskSite site, MutableBody body)
    {
        VariableDefinition original = body.AddNumber();
        foreach (Instruction load in body.Code.Where(i => MaskSite.VariableLoadedBy(i, site.Member) == site.Copy).ToArray())
            MutableBody.Become(load, OpCodes.Ldloc, original);
        body.InsertBefore(site[0], Instruction.Create(OpCodes.Dup), Instruction.Create(OpCodes.Stloc, original));
    }
}
