namespace MemSentry.AccessTable;

/// <summary>How the width of an access is known.</summary>
public enum ExtentKind
{
    /// <summary>The signature does not tell it.</summary>
    Unknown,

    /// <summary>One element of <see cref="Extent.Size"/>.</summary>
    Fixed,

    /// <summary>At most <see cref="Extent.Size"/> upwards from the address, perhaps less.</summary>
    AtMost,

    /// <summary>As many elements as <see cref="Extent.Count"/> says.</summary>
    Counted,

    /// <summary>Sequentially upwards to a terminator, at most as far as the first page that faults.</summary>
    Terminated,

    /// <summary>
    /// One element at the address plus every lane of the vector in <see cref="Extent.Count"/>; with 64-bit lanes no base check covers it.
    /// </summary>
    Lanes,
}
