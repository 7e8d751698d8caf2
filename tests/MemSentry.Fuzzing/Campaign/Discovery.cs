using System.Globalization;
using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Judging;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>A member with which something is wrong.</summary>
/// <param name="Number">Its number in the campaign.</param>
/// <param name="Batch">The batch that it was in.</param>
/// <param name="Finding">What is wrong.</param>
public sealed record Discovery(long Number, IBatch Batch, Finding Finding)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Finding.IsEscape ? "escape" : "divergence")}: member {Number} ({Batch.Kind}, {Batch.Configuration}, {Batch.Mode.Name}, {Finding.Arm}): {Finding.Kind} {Finding.Situation}: {Finding.Detail}");
}
