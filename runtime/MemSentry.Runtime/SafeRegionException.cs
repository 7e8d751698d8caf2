namespace MemSentry;

/// <summary>A safe region cannot be had, or cannot do what was asked. The message starts with the code and ends with the remedy.</summary>
public sealed class SafeRegionException : InvalidOperationException
{
    internal SafeRegionException(RuntimeCode code, string sentence)
        : base($"MS{(int)code}: {sentence}")
    {
        Code = code;
    }

    /// <summary>What went wrong.</summary>
    public RuntimeCode Code { get; }
}
