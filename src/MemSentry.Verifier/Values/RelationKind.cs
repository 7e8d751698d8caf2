namespace MemSentry.Verifier.Values;

/// <summary>How a value relates to another, or to a check that it went through.</summary>
internal enum RelationKind : byte
{
    /// <summary>Nothing is known.</summary>
    None,

    /// <summary>It is the number of the 4-TiB block that the other value lies in.</summary>
    BlockOf,

    /// <summary>It is the other value, an int32, widened with zeros.</summary>
    ZeroExtends,

    /// <summary>It is the other value, an int32, widened by its sign.</summary>
    SignExtends,

    /// <summary>It was just read from where the other value points to; nothing was written since.</summary>
    ReadFrom,

    /// <summary>It is an address, and just now a structure of <see cref="Relation.Type"/> there stood; nothing was written since.</summary>
    PointsToChecked,

    /// <summary>It is the start of a range that neither touches nor spans the block; the other value counts its elements.</summary>
    StartOfRange,

    /// <summary>The same if the other value is not negative; if it is, only the start lies outside the block.</summary>
    StartOfSignedRange,

    /// <summary>It counts elements that are less than a terabyte together; the other value, if any, is the size of one.</summary>
    CountsLessThanGuard,

    /// <summary>It lies outside the block once it is displaced by as many elements as the other value says.</summary>
    OutsideWhenDisplaced,
}
