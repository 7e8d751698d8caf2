using MemSentry.Analysis.Loops;
using MemSentry.Analysis.Provenance;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>
/// An access that was executed is evidence.
/// <para>
/// Argument, by induction over the accesses of a run: an address within reach of one outside the block lies outside the block or in a guard
/// (<see cref="Reach"/>), and in a guard the access faults. If it did not fault, the memory that it touched lies outside the block. So the address is a new starting
/// point, and in <c>*p++ = x</c> the steps never add up to more than one. Of what a mask
/// was set in nothing is learnt, although a masked access that did not fault would tell: then one fault that fails to come would let every later access through. Of a masked copy, and of nothing else, an access through it tells (<see cref="Planning.Copies.CopyDistances"/>).
/// </para>
/// <para>
/// The JIT need not touch exactly what IL says: of two accesses within one null-check page it may drop a check, of a structure it may read a field. Hence some
/// address within 32 KiB on either side is what is proven.
/// </para>
/// <para>
/// Stores of primitive values count. A load whose result turns out to be dead may go away, so a load counts only where it has to be executed: where it is volatile, because no compiler may
/// remove such a load (ECMA-335 I.12.6.7; the weave makes loads volatile for this), where it decides whether a loop goes on (<see cref="LoopDecisions"/>), or where it is stored at once in a copy whose both pointers move, as in <c>*to++ = *from++</c>: a pointer that moves is none to a local variable
/// of which the JIT could forget what was stored there.
/// </para>
/// </summary>
internal sealed class Evidence(MemberAnalysis analysis)
{
    private const long Slack = 32 << 10;
    private const long Width = 8;

    /// <summary>By so many bytes a pointer moves at most in a copy: then it takes a loop to get far.</summary>
    private const long Step = 4096;

    private HashSet<Instruction>? _decisions;

    /// <summary>How far the symbol behind an accessed address lies from an address outside the block once the access was executed.</summary>
    /// <param name="offset">The offset of the address from the symbol.</param>
    /// <param name="isField">Whether a field behind the address was accessed.</param>
    public static Interval? Of(Interval offset, bool isField)
    {
        Interval? accessed = isField ? Interval.Add(offset, Reach.OfField) : offset;
        return accessed is { } a ? new Interval(-(Width + Slack) - a.High, Slack - a.Low) : null;
    }

    /// <summary>Whether an instruction, in a state, touches memory at its address for sure.</summary>
    public bool IsGivenBy(Instruction instruction, DisplacementState state) => IsSure(instruction) || (instruction.OpCode.Code is >= Code.Ldind_I1 and <= Code.Ldind_R8 && IsCopied(instruction, state));

    /// <summary>Whether it does so whatever the state is.</summary>
    public bool IsSure(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Stind_I or Code.Stind_I1 or Code.Stind_I2 or Code.Stind_I4 or Code.Stind_I8 or Code.Stind_R4 or Code.Stind_R8 => true,
        Code.Stfld => ((FieldReference)instruction.Operand).FieldType is var type && (type.IsPrimitive || type is PointerType),
        >= Code.Ldind_I1 and <= Code.Ldind_R8 => analysis.KeptLoads.Contains(instruction) || (_decisions ??= LoopDecisions.Find(analysis.Member, analysis.Graph)).Contains(instruction),
        _ => false,
    };

    /// <summary>Whether what is loaded is stored at once, by a store that no check comes before, and both pointers were moved.</summary>
    private static bool IsCopied(Instruction load, DisplacementState state)
    {
        bool isStored = load.Next is { OpCode.Code: Code.Stind_I or (>= Code.Stind_I1 and <= Code.Stind_R8) } && state.Depth > 1;
        return isStored && Reach.Includes(state.Near(state.Peek(1)), isArgument: false) && HasMoved(state.Peek(0), state) && HasMoved(state.Peek(1), state);
    }

    private static bool HasMoved(Term address, DisplacementState state) =>
        address is { IsKnown: true, IsNumber: false, Offset.IsConstant: true }
        && Array.Exists(state.Variables, v => v.Symbol == address.Symbol && v.Offset.IsConstant && Math.Abs(v.Offset.Low - address.Offset.Low) is > 0 and <= Step);
}
