namespace MemSentry.SeededBugs.Bugs;

/// <summary>A bug no longer finds its place: the code has changed, and the bug has to change with it.</summary>
public sealed class SeedException(string message) : Exception(message);
