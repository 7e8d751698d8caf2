namespace MemSentry.Native.ProtectionKeys;

/// <summary>Machine code that is good for any address.</summary>
/// <param name="Bytes">The code.</param>
/// <param name="Open">Offset of the stub that gives read and write, in bytes.</param>
/// <param name="OpenRead">Offset of the stub that gives read only.</param>
/// <param name="Close">Offset of the stub that takes all rights.</param>
/// <param name="Read">Offset of the stub that answers the register.</param>
internal sealed record KeyStubCode(byte[] Bytes, int Open, int OpenRead, int Close, int Read);
