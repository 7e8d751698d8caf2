namespace MemSentry.Analysis.Provenance;

/// <summary>
/// The lattice of origins. Anchors lie at the bottom; two different ones meet in <see cref="AddressOrigin.SeveralAnchors"/>, or in
/// <see cref="AddressOrigin.AnchoredField"/> if one of them is displaced already. Every anchor lies below every untrusted origin, and two
/// different untrusted ones meet in <see cref="AddressOrigin.SeveralOrigins"/>, the top. The longest chain has five elements.
/// </summary>
public static class AddressOrigins
{
    /// <summary>Whether an address of this origin is known to lie outside the block, up to the displacement of one field.</summary>
    public static bool IsAnchor(this AddressOrigin origin) => origin is > AddressOrigin.NotAnAddress and < AddressOrigin.LoadedFromMemory;

    /// <summary>Whether an address of this origin is the very address of a variable, object field or allocation, not displaced by anything before.</summary>
    public static bool IsRoot(this AddressOrigin origin) => origin is > AddressOrigin.NotAnAddress and < AddressOrigin.ReferenceParameter;

    /// <summary>The least upper bound.</summary>
    public static AddressOrigin Join(AddressOrigin a, AddressOrigin b)
    {
        if (a == b)
        {
            return a;
        }

        return (a.IsAnchor(), b.IsAnchor()) switch
        {
            (true, true) => a == AddressOrigin.AnchoredField || b == AddressOrigin.AnchoredField ? AddressOrigin.AnchoredField : AddressOrigin.SeveralAnchors,
            (true, false) when b != AddressOrigin.NotAnAddress => b,
            (false, true) when a != AddressOrigin.NotAnAddress => a,
            _ => AddressOrigin.SeveralOrigins,
        };
    }

    /// <summary>
    /// The origin of <c>ldflda</c> on a reference or pointer. A field lies at most 2^27 bytes (FIELD_OFFSET_LAST_REAL_OFFSET of CoreCLR) behind its
    /// structure, so the guard of almost 2 TiB absorbs one step from an anchor, and a few more. In a loop <c>p = &amp;p->next</c> the steps would
    /// add up without an access in between; a second step is therefore no anchor any more.
    /// </summary>
    public static AddressOrigin OfField(AddressOrigin container) => container switch
    {
        AddressOrigin.AnchoredField => AddressOrigin.FieldOfUntrusted,
        _ when container.IsAnchor() => AddressOrigin.AnchoredField,
        _ => AddressOrigin.FieldOfUntrusted,
    };
}
