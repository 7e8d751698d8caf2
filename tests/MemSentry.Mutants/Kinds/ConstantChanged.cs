using MemSentry.Mutants.Sites;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Kinds;

/// <summary>The check looks at another block, or the mask sets another bit. Each constant lets some address of the arena through.</summary>
public sealed class ConstantChanged : IMemberMutationKind
{
    /// <inheritdoc/>
    public string Name => "constant-changed";

    /// <inheritdoc/>
    public IEnumerable<MemberMutation> MutationsOf(MethodDefinition member) =>
        CompareSite.In(member).SelectMany(InCompare).Concat(MaskSite.In(member).SelectMany(InMask));

    private static MemberMutation[] InCompare(CompareSite site) =>
    [
        new(site, "shift 41", _ => MutableBody.Become(site.Shift, OpCodes.Ldc_I4, 41)),
        new(site, "shift 43", _ => MutableBody.Become(site.Shift, OpCodes.Ldc_I4, 43)),
        new(site, "block 3", _ => MutableBody.Become(site.Block, OpCodes.Ldc_I4_3)),
        new(site, "block 5", _ => MutableBody.Become(site.Block, OpCodes.Ldc_I4_5)),
        new(site, "32 bits", _ => MutableBody.Become(site[1], OpCodes.Conv_U4)),
    ];

    private static MemberMutation[] InMask(MaskSite site) =>
    [
        new(site, "bit 44, which the block has", _ => site[0].Operand = 1L << 44),
        new(site, "bit 41, which the arena has", _ => site[0].Operand = 1L << 41),
        new(site, "no bit", _ => site[0].Operand = 0L),
        new(site, "xor, which can clear the bit", _ => MutableBody.Become(site[2], OpCodes.Xor)),
        new(site, "add, which can wrap around", _ => MutableBody.Become(site[2], OpCodes.Add)),
    ];
}
