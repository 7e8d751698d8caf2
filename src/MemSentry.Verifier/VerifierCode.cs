namespace MemSentry.Verifier;

/// <summary>Why an assembly is rejected. A number is never reused and never changes its meaning; the verifier owns the 5000s.</summary>
public enum VerifierCode
{
    /// <summary>The assembly carries no stamp.</summary>
    NotWoven = 5001,

    /// <summary>The stamp cannot be read, or contradicts itself.</summary>
    StampUnreadable = 5002,

    /// <summary>The assembly was woven for another address-space layout.</summary>
    LayoutMismatch = 5003,

    /// <summary>The module initialiser does not start the runtime first of all.</summary>
    RuntimeNotStarted = 5004,

    /// <summary>The member that throws is missing or might return.</summary>
    ThrowHelperAltered = 5005,

    /// <summary>The trust list is missing, malformed or belongs to another assembly.</summary>
    TrustListUnreadable = 5006,

    /// <summary>The trust list names a member that does not exist, or more than one.</summary>
    TrustedMemberNotFound = 5007,

    /// <summary>The trust list names an access where there is none.</summary>
    TrustedAccessNotFound = 5008,

    /// <summary>The assembly trusts what the user's own whitelist does not name.</summary>
    NotOnWhitelist = 5009,

    /// <summary>A load or store whose address is not proven to lie outside the block.</summary>
    AccessNotProven = 5010,

    /// <summary>An address that becomes a managed reference, or crosses a border as one, without proof.</summary>
    ConversionNotProven = 5011,

    /// <summary>A pointer that leaves woven code without proof.</summary>
    EscapeNotProven = 5012,

    /// <summary>A member that the verifier has no rule for.</summary>
    NotUnderstood = 5013,

    /// <summary>A structure with references inside that crosses a border, and that nobody answers for.</summary>
    ReferencesFromNowhere = 5014,

    /// <summary>A block copy or fill whose length may exceed 32 bits, and whose end is not checked: the guards stop only shorter ones.</summary>
    LengthNotBounded = 5015,

    /// <summary>The assembly is woven without protection (<c>ProtMethod=none</c>).</summary>
    NotProtected = 5016,

    /// <summary>An address and a length that an object remembers, which are not checked together.</summary>
    RangeNotProven = 5017,

    /// <summary>An address that is moved by more than the guards can stop before it is used, and is not checked where it arrives.</summary>
    DisplacementNotProven = 5018,

    /// <summary>A handle that the framework uses as an address, and that was not checked since it came out of memory.</summary>
    HandleNotProven = 5019,

    /// <summary>The input cannot be read, or is not a .NET assembly.</summary>
    InputUnreadable = 5020,

    /// <summary>A referenced assembly was not found.</summary>
    ReferenceNotFound = 5021,

    /// <summary>The user's whitelist cannot be read.</summary>
    WhitelistUnreadable = 5022,
}
