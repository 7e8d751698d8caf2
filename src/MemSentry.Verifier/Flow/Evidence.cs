using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// What is known of an address once a store there did not fault. It started within reach of an address outside the block, so what it wrote lies outside the block;
/// the JIT writes within 32 KiB of where IL says. Loads are no evidence: the JIT leaves out those whose result nobody needs. Nor is what was masked.
/// </summary>
internal static class Evidence
{
    private const long Slack = 32 << 10;
    private const long Widest = 8;

    /// <summary>Learns from an instruction that was executed in this frame.</summary>
    public static void Learn(Instruction instruction, Frame frame)
    {
        if (!Writes(instruction))
            return;

        Value address = frame.Peek(1);
        if (address is not { Kind: ValueKind.Raw, Distance: { IsInReach: true, IsOfMask: false }, Lineage: { IsExact: true } lineage })
            return;

        var near = new Distance(-(Slack + Widest), Slack, false);
        Distance start = instruction.OpCode.Code == IL.Stfld ? near with { Low = near.Low - Distance.Size.High } : near;
        frame.Narrow(lineage, start);
    }

    private static bool Writes(Instruction instruction) => instruction.OpCode.Code switch
    {
        IL.Stind_I or IL.Stind_I1 or IL.Stind_I2 or IL.Stind_I4 or IL.Stind_I8 or IL.Stind_R4 or IL.Stind_R8 => true,
        IL.Stfld => ((FieldReference)instruction.Operand).FieldType is { IsPrimitive: true } or PointerType,
        _ => false,
    };
}
