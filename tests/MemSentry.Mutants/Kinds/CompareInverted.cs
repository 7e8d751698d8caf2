using MemSentry.Mutants.Sites;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Kinds;

/// <summary>The check throws for other blocks than that of the arena, or steps over the throw.</summary>
public sealed class CompareInverted : IMemberMutationKind
{
    /// <inheritdoc/>
    public string Name => "compare-inverted";

    /// <inheritdoc/>
    public IEnumerable<MemberMutation> MutationsOf(MethodDefinition member) => CompareSite.In(member).SelectMany(InCompare);

    private static MemberMutation[] InCompare(CompareSite site) =>
    [
        new(site, "equal", _ => site.Branch.OpCode = OpCodes.Beq),
        new(site, "not below", _ => site.Branch.OpCode = OpCodes.Bge_Un),
        new(site, "not above", _ => site.Branch.OpCode = OpCodes.Ble_Un),
        new(site, "no throw", _ => MutableBody.Become(site[6], OpCodes.Br, site.Ok)),
    ];
}
