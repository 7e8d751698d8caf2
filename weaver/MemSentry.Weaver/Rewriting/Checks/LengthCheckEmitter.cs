using MemSentry.AccessTable;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Provenance;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Checks;

/// <summary>
/// The check of an address together with another operand, a length or displacement; all operands lie in local variables while it runs:
/// <c>ldloc address; conv.u; ldloc count; conv.u8; sizeof element; ldstr; ldc; ldc; call BorderCheck::Range</c>. A signed length that the callee refuses
/// where it is negative is widened by its sign, for <c>SignedRange</c>.
/// </summary>
internal sealed class LengthCheckEmitter(BorderChecks checks, string member)
{
    /// <summary>Room between the block and the start that is assumed for a range whose start is unknown: one that fits there never reaches across a guard.</summary>
    private const long Reach = 1L << 40;

    private const long AssumedStart = ((long)AddressSpaceLayout.BlockIndex << AddressSpaceLayout.BlockShift) - Reach;

    /// <summary>Whether a check is of this kind.</summary>
    public static bool Makes(OperandCheck check) => check.Length is not null;

    /// <summary>Appends the check.</summary>
    /// <param name="code">Receives the check.</param>
    /// <param name="check">The check.</param>
    /// <param name="depth">Depth of the operand that is checked.</param>
    /// <param name="operands">The local variables that hold the operands, by depth.</param>
    /// <param name="offset">The IL offset that a violation reports, in the input.</param>
    public void Emit(PendingCode code, OperandCheck check, int depth, IReadOnlyList<VariableDefinition> operands, int offset)
    {
        Length length = check.Length!;
        code.Add(check.Form == CheckForm.Length ? Instruction.Create(OpCodes.Ldc_I8, AssumedStart) : CompactInstruction.LoadLocal(operands[depth]));
        code.Add(Instruction.Create(OpCodes.Conv_U));
        code.Add(CompactInstruction.LoadLocal(operands[length.Depth]));
        code.Add(Instruction.Create(length.NegativeIsHarmless ? OpCodes.Conv_I8 : OpCodes.Conv_U8));
        code.Add(ElementSize(length, operands));
        code.Add(Instruction.Create(OpCodes.Ldstr, member));
        code.Add(CompactInstruction.LoadInt32(offset));
        code.Add(CompactInstruction.LoadInt32((int)check.Kind));
        code.Add(Instruction.Create(OpCodes.Call, MemberOf(check)));
    }

    private MethodReference MemberOf(OperandCheck check) => check switch
    {
        { Form: CheckForm.Displaced } => checks.Displaced,
        { Length.NegativeIsHarmless: true } => checks.SignedRange,
        _ => checks.Range,
    };

    private static Instruction ElementSize(Length length, IReadOnlyList<VariableDefinition> operands) => length switch
    {
        { ElementDepth: { } depth } => CompactInstruction.LoadLocal(operands[depth]),
        { ElementType: { } type } => Instruction.Create(OpCodes.Sizeof, type),
        _ => CompactInstruction.LoadInt32(length.ElementBytes),
    };
}
