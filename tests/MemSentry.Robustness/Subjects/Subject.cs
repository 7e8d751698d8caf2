namespace MemSentry.Robustness.Subjects;

/// <summary>A whole assembly that mutations start from.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Image">Its bytes.</param>
/// <param name="Pdb">The debug information beside it, or null.</param>
internal sealed record Subject(string Name, byte[] Image, byte[]? Pdb);
