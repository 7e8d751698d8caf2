using MemSentry.AccessTable;
using MemSentry.Verifier.Values;
using Mono.Cecil;

namespace MemSentry.Verifier.Proving;

/// <summary>Who has to answer for the references inside a structure, and for handles.</summary>
internal static class ContentsDemands
{
    /// <summary>A structure with references inside crosses a border.</summary>
    public static Obligation Value(Value structure) => new(AccessKind.Conversion, structure.Stands, VerifierCode.ReferencesFromNowhere,
        "A structure with managed references inside crosses a border, and nobody answers for them.");

    /// <summary>A reference to such a structure does.</summary>
    public static Obligation Behind(Value address, TypeReference type) => new(AccessKind.Conversion, address.PointsToStanding(type), VerifierCode.ReferencesFromNowhere,
        $"A reference to a {type.Name} crosses a border, and nobody answers for the references that are inside.");

    /// <summary>A structure with references inside is overwritten as if it were something else.</summary>
    public static Obligation Overwritten { get; } = new(AccessKind.Conversion, false, VerifierCode.ReferencesFromNowhere,
        "A structure with managed references inside is overwritten as if it were something else.");

    /// <summary>Somebody else's structure with references inside is let go of: whoever lent it goes on believing what it holds.</summary>
    public static Obligation LetGo { get; } = new(AccessKind.Conversion, false, VerifierCode.ReferencesFromNowhere,
        "A reference to somebody else's structure with managed references inside becomes a number or a reference to something else.");

    /// <summary>A framework member uses a handle as an address, by value or behind a reference to it.</summary>
    public static Obligation Handle(Value handle, TypeReference type, TypeShapes shapes) => new(AccessKind.Escape, HandleStands(handle, type, shapes), VerifierCode.HandleNotProven,
        "The framework uses the handle as an address, and it is not checked since it came out of memory.");

    private static bool HandleStands(Value handle, TypeReference type, TypeShapes shapes) => handle.IsAddress
        ? handle.PointsToChecked(type) || (shapes.HoldsReferences(type) && handle.PointsToStanding(type))
        : handle.Stands;
}
