namespace MemSentry.Analysis.Planning;

/// <summary>What the plan does about one address operand.</summary>
public enum AccessVerdict
{
    /// <summary>A check goes before it.</summary>
    Checked,

    /// <summary>A mask goes before it (the method <c>sfi</c>).</summary>
    Masked,

    /// <summary>It is an anchor: it lies outside the block.</summary>
    Proven,

    /// <summary>It is displaced, by less than the guards are large, from an address that lies outside the block: an anchor, or one that was checked or accessed before.</summary>
    WithinReach,

    /// <summary>The option <c>Rw</c> leaves this kind of access alone.</summary>
    NotSelected,

    /// <summary>The option <c>VerifyExternalCallArgs</c> is off.</summary>
    NotVerified,

    /// <summary>A marker call allows it.</summary>
    Trusted,

    /// <summary>Its member is whitelisted: listed for people who review it (<see cref="UnwovenMembers"/>), never part of a plan.</summary>
    Whitelisted,

    /// <summary>The method <c>none</c> protects nothing: listed for the same reason.</summary>
    Unprotected,

    /// <summary>Nothing goes before it: the pages of regions are closed to it (the method <c>mprotect</c>).</summary>
    MeetsClosedPages,

    /// <summary>Nothing goes before it: regions are ciphertext to it (the method <c>crypt</c>).</summary>
    MeetsCiphertext,
}
