namespace MemSentry.Services;

/// <summary>How a service ended.</summary>
/// <param name="ExitCode">What the process returned; 128 and the signal's number after a signal.</param>
/// <param name="Output">Its log.</param>
/// <param name="Errors">What it wrote to standard error.</param>
public sealed record ServiceEnd(int ExitCode, string Output, string Errors);
