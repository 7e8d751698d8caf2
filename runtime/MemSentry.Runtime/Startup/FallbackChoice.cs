namespace MemSentry.Startup;

/// <summary>What happens where regions cannot be protected (the setting <c>MemSentryFallback</c>).</summary>
internal enum FallbackChoice
{
    /// <summary>An exception says why; nothing runs unprotected.</summary>
    Refuse,

    /// <summary>Regions exist, unprotected; one line on standard error says so.</summary>
    Unprotected,

    /// <summary>Where protection keys are missing, windows open by page permissions; one line on standard error says so.</summary>
    Mprotect,

    /// <summary>Where protection keys are missing, windows decrypt regions; one line on standard error says so.</summary>
    Crypt,
}
