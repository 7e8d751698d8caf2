namespace MemSentry.AccessTable;

/// <summary>What the result of a framework member is, as an address.</summary>
public enum ResultKind
{
    /// <summary>An address, reference or span that nothing is known about: an origin.</summary>
    Untrusted,

    /// <summary>Operand <see cref="ApiResult.Operand"/>, displaced by <see cref="ApiResult.Displacement"/>: it keeps that operand's origin.</summary>
    Derived,

    /// <summary>
    /// Something within the extent of the span that operand <see cref="ApiResult.Operand"/> is or refers to; it stands as long as the span does.
    /// </summary>
    Element,

    /// <summary>An anchor: a reference or span into an object of the garbage-collected heap, bounds-checked by the member, or null.</summary>
    Anchor,

    /// <summary>A handle: a structure or number that other members use as an address.</summary>
    Handle,

    /// <summary>Not an address.</summary>
    Unrelated,
}
