namespace MemSentry;

/// <summary>
/// Every failure that the runtime reports, by the number in its message (<c>MS7001</c> …). A number is never reused and never
/// changes its meaning. 70xx: this process cannot be protected; 71xx: an access was blocked; 72xx: a safe region cannot do what was asked.
/// </summary>
public enum RuntimeCode
{
    /// <summary>The operating system is not Linux.</summary>
    OperatingSystemNotSupported = 7001,

    /// <summary>The process does not run as x86-64 code.</summary>
    ProcessorNotSupported = 7002,

    /// <summary>The process runs on musl, not on the GNU C library.</summary>
    MuslNotSupported = 7003,

    /// <summary>Pages are not 4096 bytes large.</summary>
    PageSizeNotSupported = 7004,

    /// <summary>The processor ignores address bits that the checks look at (linear-address masking is on).</summary>
    LinearAddressMaskingOn = 7005,

    /// <summary>The limit on address space (<c>ulimit -v</c>) is too small for the reservations.</summary>
    AddressSpaceLimited = 7006,

    /// <summary>Something else lies in the address range of the safe regions.</summary>
    AddressRangeTaken = 7007,

    /// <summary>The kernel refused the reservation for another reason.</summary>
    ReservationRefused = 7008,

    /// <summary>An assembly was woven for another address-space layout than this runtime's.</summary>
    LayoutVersionDiffers = 7009,

    /// <summary>Another copy of the runtime, with another layout, has reserved the range.</summary>
    OtherRuntimeDiffers = 7010,

    /// <summary>A region was asked for, but no woven assembly has started.</summary>
    NothingWoven = 7011,

    /// <summary><c>MemSentryFallback</c> has a value that does not exist.</summary>
    FallbackUnknown = 7012,

    /// <summary><c>MemSentryFallback</c> names a method that this version does not have yet.</summary>
    FallbackNotAvailable = 7013,

    /// <summary>An assembly was woven with the method <c>sfi</c>, and memory of this process lies where masked addresses cannot reach it.</summary>
    MemoryBelowMask = 7014,

    /// <summary>Something else lies where the method <c>sfi</c> leads null pointers.</summary>
    NullRangeTaken = 7015,

    /// <summary>The handler of faults, without which the method <c>sfi</c> cannot run, could not be installed.</summary>
    FaultHandlerRefused = 7016,

    /// <summary>A check stopped an access to the block of the safe regions.</summary>
    AccessBlocked = 7100,

    /// <summary>The mask of the method <c>sfi</c> led an access to the block of the safe regions into the reserved alias.</summary>
    MaskedAccessBlocked = 7101,

    /// <summary>An access that was neither checked nor masked met a guard, or a page that was closed to it.</summary>
    ClosedPageHit = 7102,

    /// <summary>The mask of the method <c>sfi</c> led an access away from memory that lies too low for it.</summary>
    LowMemoryMasked = 7103,

    /// <summary>The arena has no room (or no free descriptor) for the region.</summary>
    ArenaFull = 7201,

    /// <summary>The kernel refused to change the rights of a region's pages.</summary>
    PagesRefused = 7202,

    /// <summary>The handle belongs to no region: it was forged or overwritten.</summary>
    HandleNotValid = 7203,

    /// <summary>The region was disposed.</summary>
    RegionDisposed = 7204,

    /// <summary>The bytes behind a region were overwritten.</summary>
    CanaryBroken = 7205,

    /// <summary>The region shares its pages with others, so it cannot become read-only.</summary>
    RegionSharesPages = 7206,

    /// <summary>The region is too large or too small for the requested view.</summary>
    ViewDoesNotFit = 7207,

    /// <summary>The runtime's own state contradicts itself: something has overwritten it.</summary>
    StateTampered = 7208,

    /// <summary>Too many regions end at a guard or are read-only: each costs the process two of its few memory mappings.</summary>
    TooManyMappings = 7209,
}
