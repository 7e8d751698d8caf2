namespace MemSentry.Weaver.References;

/// <summary>What was found out about one referenced assembly.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Mvid">The very build that was looked at; null if none was.</param>
/// <param name="Status">What is known.</param>
/// <param name="Evidence">Where the first raw access is, or why nothing is known; null for the other two.</param>
public sealed record ReferenceRecord(string Name, Guid? Mvid, ReferenceStatus Status, string? Evidence);
