namespace MemSentry.Analysis.Options;

/// <summary>How safe regions are protected (the option <c>ProtMethod</c>).</summary>
public enum ProtectionMethod
{
    /// <summary>Compare every unproven address with the block and throw (named after Intel MPX, whose checks it replaces).</summary>
    Mpx,

    /// <summary>
    /// Mask the address of every unproven raw access, so that it cannot lead into the block (software fault isolation). Whatever is no
    /// access through a raw pointer - managed references, conversions, pointers that leave woven code - is compared as under <see cref="Mpx"/>.
    /// </summary>
    Sfi,

    /// <summary>
    /// Keep the pages of regions closed, and open them in whitelisted members only (page permissions). No other member changes; the processor stops whatever
    /// code meets a closed page, woven or not.
    /// </summary>
    Mprotect,

    /// <summary>
    /// Keep regions encrypted, and decrypt in whitelisted members what they ask for. Code is woven as under <see cref="Mprotect"/>; the runtime does what differs.
    /// </summary>
    Crypt,

    /// <summary>
    /// Give the pages of regions a protection key, and open it in whitelisted members, for their thread only. Gates switch by stubs at fixed places instead of asking
    /// the runtime.
    /// </summary>
    Mpk,

    /// <summary>Protect nothing: for moving a program to the interface step by step. No body changes, apart from marker calls, which go.</summary>
    None,
}
