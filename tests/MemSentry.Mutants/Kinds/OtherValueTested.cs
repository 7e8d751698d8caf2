using MemSentry.Mutants.Sites;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Kinds;

/// <summary>The check looks at another variable, stack slot or number than the access uses.</summary>
public sealed class OtherValueTested : IMemberMutationKind
{
    private const long HalfABlock = 1L << (AccessTable.AddressSpaceLayout.BlockShift - 1);

    /// <inheritdoc/>
    public string Name => "other-value-tested";

    /// <inheritdoc/>
    public IEnumerable<MemberMutation> MutationsOf(MethodDefinition member) => CompareSite.In(member).SelectMany(InCompare);

    private static MemberMutation[] InCompare(CompareSite site) =>
    [
        new(site, "unassigned variable", body => MutableBody.Become(site.Tested, OpCodes.Ldloc, body.AddNumber())),
        new(site, "null", _ => MutableBody.Become(site.Tested, OpCodes.Ldc_I4_0)),
        new(site, "own address", body => MutableBody.Become(site.Tested, OpCodes.Ldloca, body.AddNumber())),
        new(site, "displaced", body => body.InsertAfter(site[1], Instruction.Create(OpCodes.Ldc_I8, HalfABlock), Instruction.Create(OpCodes.Add))),
    ];
}
