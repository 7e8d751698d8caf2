namespace MemSentry.Verifier;

/// <summary>A place in source code, from the assembly's debug information.</summary>
/// <param name="File">The document, as the compiler wrote it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public sealed record SourcePosition(string File, int Line, int Column);
