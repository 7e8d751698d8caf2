namespace MemSentry.Verifier;

/// <summary>Why an assembly is rejected. A number is never reused and never changes its meaning; the verifier owns the 5000s.</summary>
public enum VerifierCode
{
    /// <summary>The assembly carries no stamp.</summary>
    /// <remarks>
    /// <para>What the compiler made was given to <c>verify</c>, or the weave was left out.</para>
    /// <para>Weave it first.</para>
    /// </remarks>
    NotWoven = 5001,

    /// <summary>The stamp cannot be read, or contradicts itself.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again, with the weaver of the same version.</para>
    /// </remarks>
    StampUnreadable = 5002,

    /// <summary>The assembly was woven for another address-space layout.</summary>
    /// <remarks>
    /// <para>Weaver and verifier are of different versions.</para>
    /// <para>Use matching versions.</para>
    /// </remarks>
    LayoutMismatch = 5003,

    /// <summary>The module initialiser does not start the runtime first of all.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    RuntimeNotStarted = 5004,

    /// <summary>The member that throws is missing or might return.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    ThrowHelperAltered = 5005,

    /// <summary>The trust list is missing, malformed or belongs to another assembly.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    TrustListUnreadable = 5006,

    /// <summary>The trust list names a member that does not exist, or more than one.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    TrustedMemberNotFound = 5007,

    /// <summary>The trust list names an access where there is none.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    TrustedAccessNotFound = 5008,

    /// <summary>The assembly trusts what the user's own whitelist does not name.</summary>
    /// <remarks>
    /// <para>Somebody added trust in the sources that the list given by <c>--whitelist</c> does not have.</para>
    /// <para>Review it. Then add the line to the list, or remove the trust and weave again.</para>
    /// </remarks>
    NotOnWhitelist = 5009,

    /// <summary>A load or store whose address is not proven to lie outside the block.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    AccessNotProven = 5010,

    /// <summary>An address that becomes a managed reference, or crosses a border as one, without proof.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    ConversionNotProven = 5011,

    /// <summary>A pointer that leaves woven code without proof.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    EscapeNotProven = 5012,

    /// <summary>A member that the verifier has no rule for.</summary>
    /// <remarks>
    /// <para>The member is unusual, or damaged. What is not understood is not accepted.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    NotUnderstood = 5013,

    /// <summary>A structure with references inside that crosses a border, and that nobody answers for.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    ReferencesFromNowhere = 5014,

    /// <summary>A block copy or fill whose length may exceed 32 bits, and whose end is not checked: the guards stop only shorter ones.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    LengthNotBounded = 5015,

    /// <summary>The assembly is woven without protection (<c>ProtMethod=none</c>).</summary>
    /// <remarks>
    /// <para>That method is for trying the interface; it covers no access.</para>
    /// <para>Weave with <c>mpx</c>, <c>sfi</c>, <c>mprotect</c> or <c>crypt</c>.</para>
    /// </remarks>
    NotProtected = 5016,

    /// <summary>An address and a length that an object remembers, which are not checked together.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    RangeNotProven = 5017,

    /// <summary>An address that is moved by more than the guards can stop before it is used, and is not checked where it arrives.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    DisplacementNotProven = 5018,

    /// <summary>A handle that the framework uses as an address, and that was not checked since it came out of memory.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    HandleNotProven = 5019,

    /// <summary>The input cannot be read, or is not a .NET assembly.</summary>
    /// <remarks>
    /// <para>The path is wrong, rights are missing, or somebody else holds the file.</para>
    /// <para>Check the path and its permissions.</para>
    /// </remarks>
    InputUnreadable = 5020,

    /// <summary>A referenced assembly was not found.</summary>
    /// <remarks>
    /// <para>It lies neither beside the input nor in a folder that was named nor in the shared framework.</para>
    /// <para>Name its folder with <c>--reference</c>, or add a reference to the project.</para>
    /// </remarks>
    ReferenceNotFound = 5021,

    /// <summary>The user's whitelist cannot be read.</summary>
    /// <remarks>
    /// <para>The path is wrong, or rights are missing.</para>
    /// <para>Check the path and its permissions.</para>
    /// </remarks>
    WhitelistUnreadable = 5022,

    /// <summary>A member opens a window in another way than a gate does, or without having looked at what it was handed.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    GateAltered = 5023,

    /// <summary>The body of a gate can be entered, or left, past its gate.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    TwinExposed = 5024,

    /// <summary>A window is still open where code runs that is not trusted, or where an exception sets out.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    WindowLeftOpen = 5025,

    /// <summary>The list of what members believe across calls is malformed, or contradicts the stamp.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again, with the weaver of the same version.</para>
    /// </remarks>
    SummariesUnreadable = 5026,

    /// <summary>The list of what members believe across calls names a member that does not exist, or more than one, or what is no pointer.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    SummaryWithoutMember = 5027,

    /// <summary>A member believes what its callers prove, and can be entered by others; or what it returns is believed, and another body may run in its place.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    SummaryNotClosed = 5028,

    /// <summary>A pointer that is believed on the other side of a call or return, and is not proven on this side.</summary>
    /// <remarks>
    /// <para>The assembly was changed after the weave, was woven by another version, or the weaver has a defect.</para>
    /// <para>Weave the original assembly again. If it is rejected again, report it.</para>
    /// </remarks>
    SummaryNotProven = 5029,
}
