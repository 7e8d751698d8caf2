namespace MemSentry.Analysis.Diagnostics;

/// <summary>A place in source code. Line and column count from 1.</summary>
public sealed record SourceLocation(string File, int Line, int Column);
