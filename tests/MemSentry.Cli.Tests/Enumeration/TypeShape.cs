using System.Collections.Immutable;

namespace MemSentry.Cli.Tests.Enumeration;

/// <summary>What the enumeration needs to know of a type in a signature.</summary>
/// <param name="Slot">What its values are on the stack.</param>
/// <param name="IsVoid">Whether it has none.</param>
/// <param name="Arguments">The type arguments of an instantiation.</param>
internal sealed record TypeShape(Slot Slot, bool IsVoid, ImmutableArray<TypeShape> Arguments)
{
    public static TypeShape Of(Slot slot) => new(slot, false, []);
}
