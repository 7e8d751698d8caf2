using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;

namespace MemSentry.Fuzzing.Generation;

/// <summary>
/// Through a null pointer the JIT may throw at the store to an inner field, behind a call that makes the value, and not at <c>ldflda</c> before it; in one of two members that differ in nothing but
/// checks. Which comes first would be compared in vain, so no call makes what is stored there.
/// </summary>
internal static class LateNullChecks
{
    /// <summary>Whether an address is that of an inner field, or one near it that reaches the store by a way that the JIT inlines.</summary>
    public static bool Concern(Pointer address) => address switch
    {
        Pointer.FieldAddress field => StructureFields.Of(field.Name).IsInner || Concern(field.From),
        Pointer.Moved moved => Concern(moved.From),
        Pointer.Passed passed => Concern(passed.From),
        Pointer.Choice choice => Concern(choice.Then) || Concern(choice.Else),
        _ => false,
    };
}
