using System.Globalization;

namespace MemSentry.Fuzzing.Running;

/// <summary>What a call gave: a result, or the type of the exception that left the member.</summary>
internal readonly record struct Outcome(long Result, string? Exception)
{
    /// <inheritdoc/>
    public override string ToString() => Exception ?? Result.ToString("x16", CultureInfo.InvariantCulture);
}
