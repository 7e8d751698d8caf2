namespace MemSentry.WeaveGrowth.Shapes;

/// <summary>A kind of member that can be made as long as one likes.</summary>
/// <param name="Name">In lower case with hyphens.</param>
/// <param name="Fill">Writes the code of a member with about so many instructions, up to its <c>ret</c>.</param>
internal sealed record Shape(string Name, Action<MemberCode, int> Fill)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Shape> All { get; } =
    [
        new("straight-line", Lines.Fresh),
        new("one-origin", Lines.OneOrigin),
        new("calls", Lines.Calls),
        new("many-locals", Locals.Fill),
        new("diamonds", Branches.Diamonds),
        new("switch", Branches.Switch),
        new("nested-loops", Loops.Nested),
        new("try-regions", TryRegions.InSequence),
        new("stores-in-try", TryRegions.Stores),
        new("nested-try", TryRegions.Nested),
    ];
}
