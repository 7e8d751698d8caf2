namespace MemSentry;

/// <summary>
/// Code that is not whitelisted was about to use an address in the block of the safe regions. The access did not happen.
/// Thrown by the checks of the method <c>mpx</c>.
/// </summary>
public sealed class SafeRegionViolationException : Exception
{
    internal SafeRegionViolationException(
        string message, SafeRegionViolationKind kind, nuint address, string member, int ilOffset, string? regionName)
        : base(message)
    {
        Kind = kind;
        Address = address;
        Member = member;
        ILOffset = ilOffset;
        RegionName = regionName;
    }

    /// <summary>What the code was about to do.</summary>
    public SafeRegionViolationKind Kind { get; }

    /// <summary>The address that it was about to use.</summary>
    public nuint Address { get; }

    /// <summary>The member that contains the access, as <c>Namespace.Type::Member</c>.</summary>
    public string Member { get; }

    /// <summary>Where in the member's original IL the access stands, in bytes.</summary>
    public int ILOffset { get; }

    /// <summary>The region that the address lies in; <see langword="null"/> where there is none (guards, free and released memory).</summary>
    public string? RegionName { get; }
}
