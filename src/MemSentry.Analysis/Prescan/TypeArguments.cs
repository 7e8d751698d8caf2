using System.Collections.Immutable;

namespace MemSentry.Analysis.Prescan;

/// <summary>What type parameters stand for where a signature is read.</summary>
/// <param name="OfType">The arguments of the declaring type; default if they are the parameters of the code that is scanned.</param>
/// <param name="OfMethod">The arguments of the member itself, likewise.</param>
internal readonly record struct TypeArguments(ImmutableArray<SlotKind> OfType, ImmutableArray<SlotKind> OfMethod)
{
    /// <summary>
    /// What a parameter stands for. A parameter of the scanned code itself is a structure: the scan does not begin on code whose parameters may stand for ref
    /// structs.
    /// </summary>
    public static SlotKind At(ImmutableArray<SlotKind> arguments, int index)
    {
        if (arguments.IsDefault)
        {
            return SlotKind.Structure;
        }

        return index < arguments.Length && arguments[index] != SlotKind.Reference ? arguments[index] : SlotKind.Address;
    }
}
