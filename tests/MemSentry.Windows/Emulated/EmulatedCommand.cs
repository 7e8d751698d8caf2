namespace MemSentry.Windows.Emulated;

/// <summary>A run of the program on a processor with keys.</summary>
/// <param name="Line">As <c>build/emulation/run-commands.sh</c> reads it, with the exit code.</param>
/// <param name="Words">What the program says.</param>
public sealed record EmulatedCommand(string Line, string Words);
