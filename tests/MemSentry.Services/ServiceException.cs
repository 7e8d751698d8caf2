namespace MemSentry.Services;

/// <summary>The service could not be reached.</summary>
/// <param name="message">A sentence.</param>
/// <param name="end">How it ended; <see langword="null"/> if it has not.</param>
public sealed class ServiceException(string message, ServiceEnd? end) : Exception(message)
{
    /// <summary>How it ended.</summary>
    public ServiceEnd? End { get; } = end;
}
