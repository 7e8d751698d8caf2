namespace MemSentry.Startup;

/// <summary>Why this process cannot be protected.</summary>
/// <param name="Code">The number users can look up.</param>
/// <param name="Sentence">The cause and what to do about it: one sentence, its full stop left off.</param>
internal sealed record Refusal(RuntimeCode Code, string Sentence)
{
    /// <summary>
    /// Whether <see cref="FallbackChoice.Unprotected"/> is a way out. It is none where the woven code itself cannot run: masks stay in the code.
    /// </summary>
    public bool CanBeOverridden { get; init; } = true;

    /// <summary>The sentence behind its code.</summary>
    public override string ToString() => $"MS{(int)Code}: {Sentence}.";

    /// <summary>
    /// What is thrown where the refusal stands; it also names the way out. Limits of machine and process are the platform's fault,
    /// versions and settings are not.
    /// </summary>
    public Exception ToException()
    {
        string sentence = Code == RuntimeCode.FallbackUnknown || !CanBeOverridden
            ? $"{Sentence}."
            : $"{Sentence}, or set {Fallback.EnvironmentVariable}=unprotected to run without protection.";
        return Code is >= RuntimeCode.OperatingSystemNotSupported and <= RuntimeCode.ReservationRefused
            or >= RuntimeCode.MemoryBelowMask and <= RuntimeCode.FaultHandlerRefused
            or >= RuntimeCode.CryptNotSupported and <= RuntimeCode.ThreadsStartOpen
            ? new PlatformNotSupportedException($"MS{(int)Code}: {sentence}")
            : new SafeRegionException(Code, sentence);
    }
}
