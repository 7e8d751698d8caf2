namespace MemSentry.Attacks.Running;

/// <summary>What one call of a row's member did.</summary>
/// <param name="Value">What it returned, in hexadecimal; null if it returned nothing or threw.</param>
/// <param name="Exception">The type of the exception that left it; null if none did.</param>
/// <param name="Violation">The violation that was raised during the call, even if something swallowed it.</param>
/// <param name="Memory">Hash of the memory under attack afterwards.</param>
/// <param name="Changed">Whether that memory changed.</param>
public sealed record Outcome(string? Value, string? Exception, Violation? Violation, string Memory, bool Changed)
{
    /// <summary>Stands for an exception where the process ended with the report of a blocked masked access.</summary>
    public const string Fault = "fault";

    /// <summary>Everything observable as one text, to compare two runs.</summary>
    public override string ToString() =>
        $"{Exception ?? (Value is null ? "returned" : "returned " + Value)}, memory {(Changed ? "changed to " + Memory[..8] : "unchanged")}";
}
