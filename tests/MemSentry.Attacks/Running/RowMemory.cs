using MemSentry.Attacks.Contract;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Running;

/// <summary>What lies in the memory under attack: the secret, shaped so that a row can make sense of it, and something else to compare with.</summary>
/// <param name="pattern">The secret.</param>
internal sealed class RowMemory(Pattern pattern)
{
    private const int TextLength = 32;
    private const int Terminator = 16;

    /// <summary>The secret, with what the row needs at its target.</summary>
    public byte[] Secret(AttackAttribute attack)
    {
        byte[] bytes = [.. pattern.Bytes];
        Span<byte> target = bytes.AsSpan(Pattern.Target);
        if (attack.ReadsReference)
            BitConverter.TryWriteBytes(target, (long)Follower.Address);
        if (attack.ReadsInterface)
            BitConverter.TryWriteBytes(target, (long)InterfaceTable.Address);
        if (attack.ReadsText)
            WriteText(bytes);

        // As UTF-16, a high surrogate without its partner; as UTF-8, a first byte without its second; as UTF-32, too large.
        if (attack.ReadsCharacters)
            target[..TextLength].Fill(0xD8);
        return bytes;
    }

    /// <summary>Zeros, or whatever differs from the secret and does not kill.</summary>
    public static byte[] Other(AttackAttribute attack)
    {
        byte[] bytes = new byte[Pattern.Length];
        if (attack.ReadsInterface)
            BitConverter.TryWriteBytes(bytes.AsSpan(Pattern.Target), (long)InterfaceTable.OtherAddress);
        return bytes;
    }

    /// <summary>Addresses differ from process to process; the rest of the memory does not.</summary>
    public static void RemoveAddresses(byte[] memory)
    {
        Span<byte> target = memory.AsSpan(Pattern.Target, sizeof(long));
        nint number = (nint)BitConverter.ToInt64(target);
        if (number == Follower.Address)
            "a token."u8.CopyTo(target);
        else if (number == InterfaceTable.Address)
            "a table."u8.CopyTo(target);
        else if (number == InterfaceTable.OtherAddress)
            "another."u8.CopyTo(target);
    }

    // The four bytes before hold the length, as a BSTR has it.
    private static void WriteText(byte[] bytes)
    {
        Span<byte> text = bytes.AsSpan(Pattern.Target, TextLength);
        foreach (ref byte letter in text)
            letter = (byte)('a' + (letter % 26));
        bytes.AsSpan(Pattern.Target + TextLength, Terminator).Clear();
        BitConverter.TryWriteBytes(bytes.AsSpan(Pattern.Target - sizeof(int)), TextLength);
    }
}
