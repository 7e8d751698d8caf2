namespace MemSentry.Packages.Tests.Infrastructure;

/// <summary>A file to write.</summary>
internal sealed record FileStep(string Path, string Text) : TranscriptStep;
