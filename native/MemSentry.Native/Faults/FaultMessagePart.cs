namespace MemSentry.Native.Faults;

/// <summary>A piece of a <see cref="FaultMessage"/>: its text, or a field.</summary>
internal readonly record struct FaultMessagePart(string Text, FaultField? Field);
