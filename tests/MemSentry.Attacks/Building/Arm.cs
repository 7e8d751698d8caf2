using MemSentry.Analysis.Options;
using MemSentry.Attacks.Reading;

namespace MemSentry.Attacks.Building;

/// <summary>One build of the fixtures: unwoven, or woven with some options.</summary>
/// <param name="Name">As the table shows it.</param>
/// <param name="Options">The options; null for the unwoven control arm.</param>
public sealed record Arm(string Name, WeaverOptions? Options)
{
    private static readonly (string Name, CheckedAccesses Accesses)[] Accesses =
        [("r", CheckedAccesses.Read), ("w", CheckedAccesses.Write), ("rw", CheckedAccesses.ReadWrite)];

    /// <summary>The control: every attack must succeed here, in the same run.</summary>
    public static Arm Unwoven { get; } = new("control", null);

    /// <summary>The woven arms of the matrix: methods x accesses.</summary>
    public static IReadOnlyList<Arm> Woven { get; } =
    [
        .. from method in (ProtectionMethod[])[ProtectionMethod.Mpx, ProtectionMethod.Sfi]
           from rw in Accesses
           select new Arm($"{NameOf(method)}-{rw.Name}", new WeaverOptions { ProtMethod = method, Rw = rw.Accesses }),
    ];

    /// <summary>The woven arms with another trust in raw pointers than the default.</summary>
    public static IReadOnlyList<Arm> OtherTrusts { get; } =
    [
        .. from method in (ProtectionMethod[])[ProtectionMethod.Mpx, ProtectionMethod.Sfi]
           from trust in (PointerTrust[])[PointerTrust.Frame, PointerTrust.None]
           select new Arm($"{NameOf(method)}-{trust.ToString().ToLowerInvariant()}", new WeaverOptions { ProtMethod = method, Trust = trust }),
    ];

    /// <summary>The fixtures without their whitelisted copies: those would open domains for addresses that they are handed.</summary>
    public static Arm Plain { get; } = new("plain", null);

    /// <summary>The arms of domain-based methods, which look at nobody's addresses, as far as they can run here.</summary>
    public static IReadOnlyList<Arm> DomainBased { get; } =
    [
        .. Enum.GetValues<ProtectionMethod>().Where(m => m.IsDomainBased() && (m != ProtectionMethod.Mpk || WhyNoKeys is null))
            .Select(m => new Arm(NameOf(m), new WeaverOptions { ProtMethod = m })),
    ];

    /// <summary>The arm of <c>mpk</c>, also for a machine that has no keys: its attacks run on an emulated one then.</summary>
    public static Arm Keyed { get; } = new(NameOf(ProtectionMethod.Mpk), new WeaverOptions { ProtMethod = ProtectionMethod.Mpk });

    /// <summary>Why there is no arm of <c>mpk</c>; null if there is.</summary>
    public static string? WhyNoKeys =>
        File.ReadLines("/proc/cpuinfo").Any(line => line.StartsWith("flags", StringComparison.Ordinal) && $"{line} ".Contains(" ospke ", StringComparison.Ordinal))
            ? null
            : "mpk is left out, because this machine has no protection keys; build/emulate-pku.sh has an emulated one";

    /// <summary>Whether it is woven.</summary>
    public bool IsWoven => Options is not null;

    /// <summary>Whether a blocked access of this kind may end the process: under <c>sfi</c> a masked address faults.</summary>
    public bool MayFault(SafeRegionViolationKind kind) =>
        Options is { ProtMethod: ProtectionMethod.Sfi } && kind is SafeRegionViolationKind.Load or SafeRegionViolationKind.Store && Checks(kind);

    /// <summary>Whether this arm has to stop an attack. Conversions and escapes may end as a load or a store, so they always count.</summary>
    public bool MustBlock(DeclaredRow row) => Checks(row.Kind) && !GivesUp(row);

    /// <summary>Whether the documents say of an attack that it works under these options.</summary>
    public bool GivesUp(DeclaredRow row) => row.NotBlockedUnder switch
    {
        "scope=raw" => true,
        "trust=frame" => Options is { Trust: PointerTrust.Frame },
        _ => false,
    };

    private bool Checks(SafeRegionViolationKind kind) => Options is not null && kind switch
    {
        SafeRegionViolationKind.Load => Options.Rw.HasFlag(CheckedAccesses.Read),
        SafeRegionViolationKind.Store => Options.Rw.HasFlag(CheckedAccesses.Write),
        _ => true,
    };

    private static string NameOf(ProtectionMethod method) => method.ToString().ToLowerInvariant();
}
