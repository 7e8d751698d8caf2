namespace MemSentry.Native.StrayWriters;

/// <summary>Instructions in the code of a file that change the key register.</summary>
/// <param name="File">Its name without folder; empty for code made at run time.</param>
/// <param name="Writes">How many <c>wrpkru</c>.</param>
/// <param name="Restores">How many <c>xrstor</c>.</param>
internal sealed record FileWriters(string File, int Writes, int Restores);
