using MemSentry.Analysis.Planning;
using Mono.Cecil;

namespace MemSentry.Weaver.Rewriting.Checks;

/// <summary>One emitter for each form of check, for one member.</summary>
internal sealed class CheckEmitters(MethodReference throwHelper, string member)
{
    private readonly MpxCheckEmitter _compare = new(throwHelper, member);
    private readonly MaskEmitter _mask = new();

    public ICheckEmitter Of(CheckForm form) => form switch
    {
        CheckForm.Compare => _compare,
        CheckForm.Mask => _mask,
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, null),
    };
}
