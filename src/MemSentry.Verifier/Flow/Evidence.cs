using System.Diagnostics.CodeAnalysis;
using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// What is known of an address once an access there did not fault. It started within reach of an address outside the block, so what was touched lies outside the block;
/// the JIT touches something within 32 KiB of where IL says. Stores are evidence. Loads are none, because the JIT leaves out those whose result nobody needs, except for three kinds: volatile ones,
/// which no compiler may leave out (ECMA-335 I.12.6.7), those that a loop's end depends on, and those that are stored at once while both pointers move on. What a mask made lies outside the block as well, so an access within reach of it
/// is evidence too: of that number and its kin, for accesses, and never of the number that was masked.
/// </summary>
internal sealed class Evidence(HashSet<Instruction> neededLoads)
{
    private const long Slack = 32 << 10;
    private const long Widest = 8;
    private const long LongestStep = 4096;

    /// <summary>Learns from an instruction that was executed in this frame.</summary>
    public void Learn(Instruction instruction, Frame frame)
    {
        bool writes = Writes(instruction);
        if (!writes && !(instruction.OpCode.Code is >= IL.Ldind_I1 and <= IL.Ldind_R8 && (Prefixes.MakeVolatile(instruction) || neededLoads.Contains(instruction) || IsCopied(instruction, frame))))
            return;

        Value address = frame.Peek(writes ? 1 : 0);
        if (!IsNear(address, out Lineage? lineage))
            return;

        // From a mask as from any address outside: what is known to be executed within reach went outside. It still is what a mask made, for accesses and nothing else.
        var near = new Distance(-(Slack + Widest), Slack, false, address.Distance!.IsOfMask);
        Distance start = instruction.OpCode.Code == IL.Stfld ? near with { Low = near.Low - Distance.OfField.High } : near;
        frame.Narrow(lineage, start);
    }

    private static bool IsNear(Value address, [NotNullWhen(true)] out Lineage? lineage)
    {
        lineage = address is { Kind: ValueKind.Raw, Distance: { IsInReach: true }, Lineage: { IsExact: true } exact } ? exact : null;
        return lineage is not null;
    }

    private static bool IsCopied(Instruction load, Frame frame)
    {
        bool isStored = load.Next is { OpCode.Code: IL.Stind_I or (>= IL.Stind_I1 and <= IL.Stind_R8) } && frame.Depth > 1;
        return isStored && HasMovedOn(frame.Peek(0), frame) && HasMovedOn(frame.Peek(1), frame);
    }

    /// <summary>Whether some variable holds the address plus a few bytes, not none.</summary>
    private static bool HasMovedOn(Value address, Frame frame)
    {
        if (!IsNear(address, out Lineage? from))
            return false;

        foreach (Value variable in frame.Variables)
        {
            if (variable.Lineage is { IsExact: true } lineage && lineage.Origin == from.Origin && Math.Abs(lineage.Low - from.Low) is > 0 and <= LongestStep)
                return true;
        }

        return false;
    }

    private static bool Writes(Instruction instruction) => instruction.OpCode.Code switch
    {
        IL.Stind_I or IL.Stind_I1 or IL.Stind_I2 or IL.Stind_I4 or IL.Stind_I8 or IL.Stind_R4 or IL.Stind_R8 => true,
        IL.Stfld => ((FieldReference)instruction.Operand).FieldType is { IsPrimitive: true } or PointerType,
        _ => false,
    };
}
