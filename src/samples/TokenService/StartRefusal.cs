using MemSentry;

namespace TokenService;

/// <summary>Why the service did not start.</summary>
/// <param name="ExitCode">What the process returns.</param>
/// <param name="Sentence">One sentence for the operator; those of MemSentry begin with their code.</param>
internal sealed record StartRefusal(ExitCode ExitCode, string Sentence)
{
    /// <summary>The refusal that an exception stands for; <see langword="null"/> if it is a defect.</summary>
    public static StartRefusal? Find(Exception exception) => exception switch
    {
        // MemSentry refuses in the initialiser of the woven module, before the first line of the server.
        TypeInitializationException { InnerException: { } inner } => Find(inner),
        PlatformNotSupportedException or SafeRegionException => new(ExitCode.NotProtected, exception.Message),
        IOException or InvalidDataException or UnauthorizedAccessException => new(ExitCode.ConfigurationWrong, exception.Message),
        _ => null,
    };
}
