using MemSentry.Analysis.Planning;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Checks;

/// <summary>
/// The check of a structure that crosses a border, a span or a handle: <c>dup</c>, or <c>dup; ldobj</c> of one that a reference leads to, and a call
/// of the runtime with the copy.
/// </summary>
internal sealed class BorderCheckEmitter(BorderChecks checks, string member) : ICheckEmitter
{
    public void Emit(PendingCode code, OperandCheck check, int offset)
    {
        TypeReference type = check.Type!;
        code.Add(Instruction.Create(OpCodes.Dup));
        if (check.Form is CheckForm.SpanBehind or CheckForm.HandleBehind)
            code.Add(Instruction.Create(OpCodes.Ldobj, type));

        code.Add(Instruction.Create(OpCodes.Ldstr, member));
        code.Add(CompactInstruction.LoadInt32(offset));
        code.Add(CompactInstruction.LoadInt32((int)check.Kind));
        code.Add(Instruction.Create(OpCodes.Call, check.Form is CheckForm.Span or CheckForm.SpanBehind
            ? checks.OfSpan((GenericInstanceType)type)
            : checks.OfHandle(type)));
    }
}
