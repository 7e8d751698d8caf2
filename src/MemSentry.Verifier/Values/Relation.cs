using Mono.Cecil;

namespace MemSentry.Verifier.Values;

/// <summary>What is known of a value besides its proof.</summary>
/// <param name="Kind">How it relates to another.</param>
/// <param name="Number">The value number of the other; it may have been forgotten since, and then says nothing.</param>
/// <param name="Type">The type that was found there, or whose size is the size of an element.</param>
/// <param name="Size">The size of an element in bytes, if it is a constant.</param>
internal readonly record struct Relation(RelationKind Kind, int Number, TypeReference? Type = null, long? Size = null)
{
    /// <summary>Whether it speaks of memory, which any store may change.</summary>
    public bool IsOfMemory => Kind is RelationKind.ReadFrom or RelationKind.PointsToChecked;

    /// <summary>Whether two relations say the same but for the value numbers, which only the whole frame can compare.</summary>
    public bool SaysSame(Relation other) => Kind == other.Kind && Size == other.Size && SameType.Are(Type, other.Type);
}
