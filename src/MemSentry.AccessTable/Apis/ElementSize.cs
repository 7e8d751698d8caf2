namespace MemSentry.AccessTable;

/// <summary>The size of one element, often known only as the size of a type.</summary>
/// <param name="Kind">Where it is found.</param>
/// <param name="Value">A number of bytes, or the number of an argument or parameter.</param>
public readonly record struct ElementSize(ElementSizeKind Kind, int Value)
{
    /// <summary>One byte: lengths and displacements of this unit count bytes.</summary>
    public static ElementSize Byte { get; } = new(ElementSizeKind.Bytes, 1);
}
