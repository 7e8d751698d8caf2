using MemSentry.Analysis.Stack;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>
/// Arithmetic on terms (ECMA-335 III.3). Null where nothing is known of the result.
/// <para>
/// Care is due where 32 bits become 64: <c>ldind.u4</c> and <c>conv.u4</c> leave an int32 on the stack, whose sign counts when it is added to a native
/// integer; arithmetic of 32 bits wraps before it is widened, so that its result is any int32 unless the operands leave no room for it.
/// </para>
/// </summary>
internal static class NumberRules
{
    /// <summary>The result of a binary operation.</summary>
    /// <param name="opcode">The operation.</param>
    /// <param name="a">The lower operand.</param>
    /// <param name="b">The upper operand.</param>
    /// <param name="result">The stack type of the result.</param>
    public static Term? Binary(Code opcode, Term a, Term b, StackKind result)
    {
        if (!a.IsKnown || !b.IsKnown)
        {
            return null;
        }

        Term? term = opcode switch
        {
            Code.Add or Code.Add_Ovf or Code.Add_Ovf_Un => Sum(a, b),
            Code.Sub or Code.Sub_Ovf or Code.Sub_Ovf_Un => Difference(a, b),
            Code.Mul or Code.Mul_Ovf or Code.Mul_Ovf_Un when a.IsNumber && b.IsNumber => Number(Interval.Multiply(a.Offset, b.Offset)),
            Code.And => Number(Masked(a, b) ?? Masked(b, a)),
            Code.Shl when a.IsNumber && b is { IsNumber: true, Offset: { IsConstant: true, Low: >= 0 and < 40 } } =>
                Number(Interval.Multiply(a.Offset, Interval.Of(1L << (int)b.Offset.Low))),
            Code.Shr_Un when result is not StackKind.Int32 && b is { IsNumber: true, Offset: { IsConstant: true, Low: >= 24 and < 64 } } =>
                Number(new Interval(0, (1L << (64 - (int)b.Offset.Low)) - 1)),
            Code.Rem_Un when result is not StackKind.Int32 && b is { IsNumber: true, Offset: { IsConstant: true, Low: > 0 } } => Number(new Interval(0, b.Offset.Low - 1)),
            _ => null,
        };
        return result == StackKind.Int32 ? Wrapped(term) : term;
    }

    /// <summary>
    /// Whether an operation widens an int32 that meets a native integer with zeros. ECMA-335 III.1.5 does not say; RyuJIT does so where overflow is
    /// looked for without sign, and adds 2^32 - 1 where IL seems to add -1.
    /// </summary>
    public static bool WidensWithZeros(Code opcode) => opcode is Code.Add_Ovf_Un or Code.Sub_Ovf_Un or Code.Mul_Ovf_Un;

    /// <summary>
    /// Whether the JIT may compute the 64 bits that the result is widened to out of the operands' 64 bits: so it does with what a loop adds to, multiplies or shifts left
    /// (scalar evolution). Any other operation on 32 bits has a result of 32 bits, whatever else lay beside its operands.
    /// </summary>
    public static bool MayBeWidened(Code opcode) =>
        opcode is Code.Add or Code.Sub or Code.Mul or Code.Shl or Code.Add_Ovf or Code.Add_Ovf_Un or Code.Sub_Ovf or Code.Sub_Ovf_Un or Code.Mul_Ovf or Code.Mul_Ovf_Un;

    /// <summary>The result of widening an int32 to 64 bits.</summary>
    public static Term? Widened(Term term, bool isSigned) => term switch
    {
        { IsNumber: false } => null,
        { Offset.Low: >= 0 } => term,
        _ => isSigned ? term : Term.Number(Interval.UInt32),
    };

    private static Term? Sum(Term a, Term b) => (a.IsNumber, b.IsNumber) switch
    {
        (true, _) => Moved(b, Interval.Add(b.Offset, a.Offset)),
        (_, true) => Moved(a, Interval.Add(a.Offset, b.Offset)),
        _ => null,
    };

    private static Term? Difference(Term a, Term b) => b.IsNumber
        ? Moved(a, Interval.Subtract(a.Offset, b.Offset))
        : a.Symbol == b.Symbol ? Number(Interval.Subtract(a.Offset, b.Offset)) : null;

    private static Term? Moved(Term term, Interval? offset) => offset is { } o ? term with { Offset = o } : null;

    private static Term? Number(Interval? interval) => interval is { } i ? Term.Number(i) : null;

    private static Interval? Masked(Term value, Term mask) =>
        mask is { IsNumber: true, Offset: { IsConstant: true, Low: >= 0 } } && value.IsKnown ? new Interval(0, mask.Offset.Low) : null;

    private static Term Wrapped(Term? term) => term is { IsNumber: true } t && t.Offset.IsWithin(Interval.Int32) ? t : Term.Number(Interval.Int32);
}
