using MemSentry.Analysis.Options;
using MemSentry.Attacks.Building;

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

    /// <summary>Woven with <c>mprotect</c>, every member whitelisted: each touches a region, and is a gate and a twin.</summary>
    public static Variant Mprotect { get; } = new("mprotect", new WeaverOptions { ProtMethod = ProtectionMethod.Mprotect });

    /// <summary>The same with <c>crypt</c>.</summary>
    public static Variant Crypt { get; } = new("crypt", new WeaverOptions { ProtMethod = ProtectionMethod.Crypt });

    /// <summary>The same with <c>mpk</c>, which a machine needs protection keys for.</summary>
    public static Variant Mpk { get; } = new("mpk", new WeaverOptions { ProtMethod = ProtectionMethod.Mpk });

    /// <summary>Woven with gates and twins.</summary>
    public static IReadOnlyList<Variant> Domains { get; } = [Mprotect, Crypt, Mpk];

    /// <summary>All that are woven.</summary>
    public static IReadOnlyList<Variant> Woven { get; } = [.. Methods, .. Halves, .. Domains];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Variant> All { get; } = [Unwoven, .. Woven];

    /// <summary>All that are woven, with the configurations to weave: where only the runtime differs from another variant, the optimised one says enough.</summary>
    public static IEnumerable<(Variant Variant, BuildConfiguration Configuration)> Builds { get; } =
        from variant in Woven
        from configuration in Enum.GetValues<BuildConfiguration>()
        where configuration == BuildConfiguration.Release || !variant.HasWindows || variant == Mprotect
        select (variant, configuration);

    /// <summary>Whether whitelisted members open windows.</summary>
    public bool HasWindows => Domains.Contains(this);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
