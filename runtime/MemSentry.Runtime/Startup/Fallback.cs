namespace MemSentry.Startup;

/// <summary>Reads and applies the setting <c>MemSentryFallback</c>.</summary>
internal static class Fallback
{
    /// <summary>The knob in runtimeconfig.json (<c>configProperties</c>).</summary>
    public const string ConfigurationKnob = "MemSentry.Fallback";

    /// <summary>The environment variable; it beats the knob, so that an operator can decide without a new build.</summary>
    public const string EnvironmentVariable = "MEMSENTRY_FALLBACK";

    /// <summary>The setting in force.</summary>
    public static (FallbackChoice Choice, Refusal? Wrong) Read() =>
        Parse(Environment.GetEnvironmentVariable(EnvironmentVariable) ?? AppContext.GetData(ConfigurationKnob) as string);

    /// <summary>A value that is wrong counts as <see cref="FallbackChoice.Refuse"/> and comes with its own refusal.</summary>
    public static (FallbackChoice Choice, Refusal? Wrong) Parse(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        null or "" or "refuse" => (FallbackChoice.Refuse, null),
        "unprotected" => (FallbackChoice.Unprotected, null),
        ModuleSettings.PagePermissions => (FallbackChoice.Mprotect, null),
        ModuleSettings.Encryption => (FallbackChoice.Crypt, null),
        _ => (FallbackChoice.Refuse, new Refusal(
            RuntimeCode.FallbackUnknown,
            $"The fallback '{text.Trim()}' does not exist; set {EnvironmentVariable} to refuse, mprotect, crypt or unprotected")),
    };
}
