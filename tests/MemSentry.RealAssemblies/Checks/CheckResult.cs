namespace MemSentry.RealAssemblies.Checks;

/// <summary>One thing that was checked.</summary>
/// <param name="Name">What.</param>
/// <param name="IsPassed">Whether it holds.</param>
/// <param name="Detail">Counts, or what differs.</param>
public sealed record CheckResult(string Name, bool IsPassed, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Detail}";
}
