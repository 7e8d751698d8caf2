namespace MemSentry.Native.Crypt;

/// <summary>A place in the code that is waiting for eight bytes of a secret.</summary>
/// <param name="Offset">Bytes from the start of the code to the immediate operand.</param>
/// <param name="Block">A block of <see cref="SecretLayout"/>.</param>
/// <param name="IsHigh">Whether it takes the block's bytes 8 to 15, not 0 to 7.</param>
internal readonly record struct SecretPosition(int Offset, int Block, bool IsHigh);
