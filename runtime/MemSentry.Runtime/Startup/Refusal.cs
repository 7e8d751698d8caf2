namespace MemSentry.Startup;

/// <summary>Why this process cannot be protected.</summary>
/// <param name="Code">The number users can look up.</param>
/// <param name="Sentence">One sentence: the cause and what to do next.</param>
internal sealed record Refusal(RuntimeCode Code, string Sentence)
{
    /// <summary>The sentence behind its code.</summary>
    public override string ToString() => $"MS{(int)Code}: {Sentence}";

    /// <summary>Machine and process limits are the platform's fault; versions and settings are not.</summary>
    public Exception ToException() => Code is >= RuntimeCode.OperatingSystemNotSupported and <= RuntimeCode.ReservationRefused
        ? new PlatformNotSupportedException(ToString())
        : new SafeRegionException(Code, Sentence);
}
