namespace MemSentry.Packages.Tests.Infrastructure;

/// <summary>Something that the reader of a document does.</summary>
internal abstract record TranscriptStep;
