using MemSentry.Mutants.Sites;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Kinds;

/// <summary>The mask is applied to a copy, and the access uses the original.</summary>
public sealed class WrongCopyMasked : IMemberMutationKind
{
    /// <inheritdoc/>
    public string Name => "wrong-copy-masked";

    /// <inheritdoc/>
    public IEnumerable<MemberMutation> MutationsOf(MethodDefinition member) => MaskSite.In(member).SelectMany(InMask);

    private static MemberMutation[] InMask(MaskSite site) =>
    [
        new(site, "dup", body =>
        {
            body.InsertAfter(site[2], Instruction.Create(OpCodes.Pop));
            body.InsertBefore(site[0], Instruction.Create(OpCodes.Dup));
        }),
        new(site, "variable", body =>
        {
            VariableDefinition original = body.AddNumber();
            body.InsertAfter(site[2], Instruction.Create(OpCodes.Pop), Instruction.Create(OpCodes.Ldloc, original));
            body.InsertBefore(site[0], Instruction.Create(OpCodes.Stloc, original), Instruction.Create(OpCodes.Ldloc, original));
        }),
    ];
}
