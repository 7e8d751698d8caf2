using System.Reflection.Metadata;

namespace MemSentry.Analysis.Prescan;

/// <summary>What a callee takes from the stack and leaves there.</summary>
/// <param name="HasReceiver">Whether it has a <c>this</c>.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Result">Its result.</param>
/// <param name="Declaring">What the type is that declares it and that <c>newobj</c> pushes.</param>
/// <param name="DeclaringType">That type.</param>
internal sealed record CallKinds(bool HasReceiver, SlotKind[] Parameters, SlotKind Result, SlotKind Declaring, EntityHandle DeclaringType)
{
    /// <summary>A callee of which something might have to hold: whoever calls it is for the analysis.</summary>
    public static CallKinds Unknown { get; } = new(false, [], SlotKind.Address, SlotKind.Address, default);

    /// <summary>What <c>this</c> is: an object, or a reference to a value.</summary>
    public SlotKind Receiver => Declaring switch
    {
        SlotKind.Object => SlotKind.Object,
        SlotKind.Number or SlotKind.Structure => SlotKind.Reference,
        _ => SlotKind.Address,
    };
}
