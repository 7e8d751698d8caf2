namespace MemSentry.Native.Faults;

/// <summary>The handler's machine code, and behind it its text.</summary>
/// <param name="Bytes">Both.</param>
/// <param name="CodeLength">Bytes of code; the handler starts with the first.</param>
internal sealed record FaultHandlerCode(byte[] Bytes, int CodeLength);
