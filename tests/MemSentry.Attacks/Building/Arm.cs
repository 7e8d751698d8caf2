using MemSentry.Analysis.Options;

namespace MemSentry.Attacks.Building;

/// <summary>One build of the fixtures: unwoven, or woven with <c>mpx</c> for some accesses.</summary>
/// <param name="Name">As the table shows it.</param>
/// <param name="Checked">The accesses that are checked; null for the unwoven control arm.</param>
public sealed record Arm(string Name, CheckedAccesses? Checked)
{
    /// <summary>The control: every attack must succeed here, in the same run.</summary>
    public static Arm Unwoven { get; } = new("control", null);

    /// <summary>The woven arms.</summary>
    public static IReadOnlyList<Arm> Woven { get; } =
    [
        new("r", CheckedAccesses.Read),
        new("w", CheckedAccesses.Write),
        new("rw", CheckedAccesses.ReadWrite),
    ];

    /// <summary>Whether this arm has to stop an attack. Conversions and escapes may end as a load or a store, so they always count.</summary>
    public bool MustBlock(SafeRegionViolationKind kind) => Checked is { } accesses && kind switch
    {
        SafeRegionViolationKind.Load => accesses.HasFlag(CheckedAccesses.Read),
        SafeRegionViolationKind.Store => accesses.HasFlag(CheckedAccesses.Write),
        _ => true,
    };
}
