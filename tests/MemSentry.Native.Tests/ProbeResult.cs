namespace MemSentry.Native.Tests;

/// <summary>How a scenario ended.</summary>
/// <param name="ExitCode">128 and the signal's number if it was one.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ProbeResult(int ExitCode, string Output, string Error);
