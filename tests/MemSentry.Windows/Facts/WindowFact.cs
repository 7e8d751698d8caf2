using MemSentry.Windows.Naive;

namespace MemSentry.Windows.Facts;

/// <summary>A fact of .NET that breaks naive windows, and what shows it.</summary>
/// <param name="Name">What the program calls it.</param>
/// <param name="Naive">The version of the program that it breaks.</param>
/// <param name="ExitCode">How that one ends.</param>
/// <param name="Words">What that one says.</param>
/// <param name="KeysWithstand">Whether keys withstand it even so: each thread has rights of its own, and is born with none.</param>
public sealed record WindowFact(string Name, NaiveVersion Naive, int ExitCode, string Words, bool KeysWithstand = false);
