using System.Globalization;
using System.Text;
using MemSentry.Startup;

namespace MemSentry;

/// <summary>What protects this process, at one moment. <see cref="ToString"/> gives it as lines for people.</summary>
public sealed record MemSentryStatus
{
    /// <summary>
    /// Whether regions are protected: the arena lies where checks look for it, and an assembly has started that was woven with a method that
    /// protects, not only with <c>none</c>.
    /// </summary>
    public required bool IsProtecting { get; init; }

    /// <summary>The runtime's layout, <see cref="AddressSpaceLayout.Version"/>.</summary>
    public required int LayoutVersion { get; init; }

    /// <summary>Protection methods of the woven assemblies, for example <c>mpx</c>.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Woven modules that have started, in order.</summary>
    public required IReadOnlyList<WovenModuleStatus> WovenModules { get; init; }

    /// <summary>How many have started; more than <see cref="WovenModules"/> lists if the list is full.</summary>
    public required int WovenModuleCount { get; init; }

    /// <summary>Regions that are in use.</summary>
    public required int LiveRegions { get; init; }

    /// <summary>Bytes that were asked for in them.</summary>
    public required ulong LiveBytes { get; init; }

    /// <summary>Regions in use whose <see cref="SafeRegion"/> was collected, so that nobody can dispose them.</summary>
    public required int AbandonedRegions { get; init; }

    /// <summary>Disposed regions whose memory is not reused yet.</summary>
    public required int QuarantinedRegions { get; init; }

    /// <summary>Bytes of arena that those hold.</summary>
    public required ulong QuarantinedBytes { get; init; }

    /// <summary>Bytes of pages that are open for regions.</summary>
    public required ulong CommittedBytes { get; init; }

    /// <summary>Bytes of those that the kernel keeps out of swap.</summary>
    public required ulong LockedBytes { get; init; }

    /// <summary>Why the others are not locked, with the remedy; <see langword="null"/> if all are.</summary>
    public required string? WhyNotLocked { get; init; }

    /// <summary>Whether the kernel refuses every later change to the guards.</summary>
    public required bool IsSealed { get; init; }

    /// <summary>Why not; <see langword="null"/> if it does.</summary>
    public required string? WhyNotSealed { get; init; }

    /// <summary>The handler that keeps null pointers of masking code what they are, and that explains faults in the block.</summary>
    public required FaultHandlerState FaultHandler { get; init; }

    /// <summary>
    /// Mappings of this moment that code woven with <c>sfi</c> cannot reach, because address bit 46 is clear, as lines of
    /// <c>/proc/self/maps</c>; empty if there are none, or no such code.
    /// </summary>
    public required IReadOnlyList<string> MappingsBelowMask { get; init; }

    /// <summary>The refusal that the fallback <c>unprotected</c> has overridden; <see langword="null"/> if none.</summary>
    public required RuntimeCode? OverriddenRefusal { get; init; }

    /// <summary>Settings of this process that undo part of the protection, each with its remedy.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        Line($"MemSentry: {(IsProtecting ? "protecting" : "NOT PROTECTING")}, layout {LayoutVersion}, methods {List(Methods)}");
        if (OverriddenRefusal is { } refusal)
        {
            Line($"  fallback 'unprotected' in force because of MS{(int)refusal} ({refusal})");
        }

        Line($"  woven: {WovenModuleCount}");
        foreach (WovenModuleStatus module in WovenModules)
        {
            Line($"    {module.Assembly} ({module.Settings})");
        }

        Line($"  regions: {LiveRegions} live with {LiveBytes} bytes, {AbandonedRegions} of them abandoned; " +
            $"{QuarantinedRegions} in quarantine with {QuarantinedBytes} bytes");
        Line($"  memory: {CommittedBytes} bytes, {LockedBytes} locked{(WhyNotLocked is null ? "" : $" ({WhyNotLocked})")}");
        if (FaultHandler != FaultHandlerState.NotNeeded)
        {
            Line($"  fault handler: {(FaultHandler == FaultHandlerState.InPlace ? "in place" : "REPLACED")}");
        }

        if (Methods.Contains(ModuleSettings.Masking))
        {
            Line($"  masks: {(MappingsBelowMask.Count == 0 ? "reach all memory of the process" : $"MISS {MappingsBelowMask.Count} of the process's mappings")}");
        }

        text.Append(CultureInfo.InvariantCulture, $"  guards: {(IsSealed ? "sealed" : $"not sealed ({WhyNotSealed})")}");
        foreach (string warning in Warnings)
        {
            text.Append("\n  warning: ").Append(warning);
        }

        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    private static string List(IReadOnlyList<string> items) => items.Count == 0 ? "none" : string.Join(", ", items);
}
