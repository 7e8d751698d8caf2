using MemSentry.Analysis.Options;

namespace MemSentry.Constructs.Building;

/// <summary>One way to deliver the fixtures.</summary>
/// <param name="Name">As reports show it; also a folder's name.</param>
/// <param name="Options">How they are woven; null for the unwoven ones that all others are compared with.</param>
public sealed record Variant(string Name, WeaverOptions? Options)
{
    /// <summary>As the compilers wrote them.</summary>
    public static Variant Unwoven { get; } = new("unwoven", null);

    /// <summary>Woven with <c>mpx</c>, loads and stores.</summary>
    public static Variant Mpx { get; } = new("mpx-rw", new WeaverOptions());

    /// <summary>Woven with <c>sfi</c>, loads and stores.</summary>
    public static Variant Sfi { get; } = new("sfi-rw", new WeaverOptions { ProtMethod = ProtectionMethod.Sfi });

    /// <summary>Woven, one for each protection method with both kinds of access.</summary>
    public static IReadOnlyList<Variant> Methods { get; } = [Mpx, Sfi];

    /// <summary>Woven with half of the checks: other accesses are left as they are.</summary>
    public static IReadOnlyList<Variant> Halves { get; } =
    [
        new("mpx-r", new WeaverOptions { Rw = CheckedAccesses.Read }),
        new("mpx-w", new WeaverOptions { Rw = CheckedAccesses.Write }),
    ];

    /// <summary>Woven with <c>mprotect</c>, every member whitelisted: each that may touch a region is a gate and a twin.</summary>
    public static Variant Mprotect { get; } = new("mprotect", new WeaverOptions { ProtMethod = ProtectionMethod.Mprotect });

    /// <summary>All that are woven.</summary>
    public static IReadOnlyList<Variant> Woven { get; } = [.. Methods, .. Halves, Mprotect];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Variant> All { get; } = [Unwoven, .. Woven];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
