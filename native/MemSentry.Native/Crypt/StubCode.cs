namespace MemSentry.Native.Crypt;

/// <summary>Machine code that is good for any address, before its secrets are in it.</summary>
/// <param name="Bytes">The code; zeros where secrets belong.</param>
/// <param name="Entries">Offsets in bytes of what can be called, in the order of the assembler that made it.</param>
/// <param name="Secrets">Where the secrets belong.</param>
internal sealed record StubCode(byte[] Bytes, IReadOnlyList<int> Entries, IReadOnlyList<SecretPosition> Secrets);
