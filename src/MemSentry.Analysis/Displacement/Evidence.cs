using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>
/// An access that was executed is evidence.
/// <para>
/// Argument, by induction over the accesses of a run: an address within reach of one outside the block lies outside the block or in a guard
/// (<see cref="Reach"/>), and in a guard the access faults. If it did not fault, the memory that it touched lies outside the block. So the address is a new starting
/// point, and in <c>*p++ = x</c> the steps never add up to more than one. Of what a mask
/// was set in nothing is learnt, although a masked access that did not fault would tell: then one fault that fails to come would let every later access through.
/// </para>
/// <para>
/// The JIT need not touch exactly what IL says: of two accesses within one null-check page it may drop a check, of a structure it may read a field. Hence some
/// address within 32 KiB on either side is what is proven. Only stores of primitive values count: a load whose result turns out to be dead may go away.
/// </para>
/// </summary>
internal static class Evidence
{
    private const long Slack = 32 << 10;
    private const long Width = 8;

    /// <summary>How far the symbol behind an accessed address lies from an address outside the block once the access was executed.</summary>
    /// <param name="offset">The offset of the address from the symbol.</param>
    /// <param name="isField">Whether a field behind the address was accessed.</param>
    public static Interval? Of(Interval offset, bool isField)
    {
        Interval? accessed = isField ? Interval.Add(offset, Reach.OfField) : offset;
        return accessed is { } a ? new Interval(-(Width + Slack) - a.High, Slack - a.Low) : null;
    }

    /// <summary>Whether an instruction touches memory at its address for sure.</summary>
    public static bool IsGivenBy(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Stind_I or Code.Stind_I1 or Code.Stind_I2 or Code.Stind_I4 or Code.Stind_I8 or Code.Stind_R4 or Code.Stind_R8 => true,
        Code.Stfld => ((FieldReference)instruction.Operand).FieldType is var type && (type.IsPrimitive || type is PointerType),
        _ => false,
    };
}
