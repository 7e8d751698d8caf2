namespace MemSentry.AccessTable;

/// <summary>What a framework member does with one of its operands.</summary>
public enum OperandRole
{
    /// <summary>Reads memory there.</summary>
    Load = 1,

    /// <summary>Writes memory there.</summary>
    Store,

    /// <summary>Reads and writes memory there.</summary>
    LoadAndStore,

    /// <summary>Reads a run of memory upwards from there.</summary>
    CopySource,

    /// <summary>Writes a run of memory upwards from there.</summary>
    CopyDestination,

    /// <summary>Fills a run of memory upwards from there.</summary>
    Fill,

    /// <summary>Turns it into a managed reference, or receives it as one: later code trusts it by contract.</summary>
    Conversion,

    /// <summary>
    /// Start of a range that an object remembers and later reaches at random: both ends must lie on the same side of the block, without
    /// wrap-around. On a receiver the start is the handle that the object wraps.
    /// </summary>
    RemembersRange,

    /// <summary>An address that leaves for code that is not woven, which may do anything with it.</summary>
    Escape,

    /// <summary>
    /// A structure, or a reference to one, that wraps an address which the member uses: harmless as the framework made it, an origin once it was
    /// loaded from memory or reinterpreted.
    /// </summary>
    Handle,

    /// <summary>An address of code: harmless straight from <c>ldftn</c> or <c>ldvirtftn</c>, otherwise an <see cref="Escape"/>.</summary>
    Code,

    /// <summary>Never used as an address, for the reason the row gives.</summary>
    Exempt,
}
