using MemSentry.Analysis.Planning;
using Mono.Cecil;

namespace MemSentry.Weaver.Rewriting.Checks;

/// <summary>One emitter for each form of check, for one member.</summary>
internal sealed class CheckEmitters(MethodReference throwHelper, BorderChecks borders, MethodDefinition member, CheckedMembers members)
{
    private readonly MpxCheckEmitter _compare = new(throwHelper, () => members.NumberOf(member));
    private readonly MaskEmitter _mask = new();
    private readonly BorderCheckEmitter _border = new(borders, MemberSignature.Of(member));

    /// <summary>The emitter of checks of what addresses are displaced from: variables, and numbers on the stack.</summary>
    public MpxCheckEmitter Bases => _compare;

    /// <summary>The emitter of checks that look at two operands.</summary>
    public LengthCheckEmitter Lengths { get; } = new(borders, MemberSignature.Of(member));

    /// <summary>The emitter of checks of the operand on top of the stack.</summary>
    public ICheckEmitter Of(CheckForm form) => form switch
    {
        CheckForm.Compare => _compare,
        CheckForm.Mask => _mask,
        CheckForm.Span or CheckForm.SpanBehind or CheckForm.Handle or CheckForm.HandleBehind => _border,
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, null),
    };
}
