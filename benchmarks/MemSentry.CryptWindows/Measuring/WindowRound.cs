namespace MemSentry.CryptWindows.Measuring;

/// <summary>One round, in nanoseconds for each repetition.</summary>
/// <param name="Window">Open and close, without MAC.</param>
/// <param name="Bare">Two bare passes.</param>
/// <param name="Hashed">Two bare passes with the hash of the ciphertext.</param>
/// <param name="Authenticated">Open and close, with MAC.</param>
internal readonly record struct WindowRound(double Window, double Bare, double Hashed, double Authenticated);
