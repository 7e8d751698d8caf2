using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TokenService.Server.Cryptography;

/// <summary>
/// One message of AES-GCM, laid out so that the code with the key handles whole blocks only: the first counter block, the additional data, the text, their
/// lengths, the tag.
/// </summary>
internal sealed class GcmMessage
{
    /// <summary>Bytes of a nonce.</summary>
    public const int NonceLength = 12;

    /// <summary>Bytes of a tag, and of a block.</summary>
    public const int TagLength = 16;

    private readonly Vector128<byte>[] _blocks;

    /// <param name="additional">What the tag covers and nobody encrypts.</param>
    /// <param name="textLength">Bytes of the text.</param>
    public GcmMessage(ReadOnlySpan<byte> additional, int textLength)
    {
        TextLength = textLength;
        AdditionalBlocks = BlocksOf(additional.Length);
        _blocks = new Vector128<byte>[1 + AdditionalBlocks + BlocksOf(textLength) + 2];
        BinaryPrimitives.WriteUInt32BigEndian(Bytes[NonceLength..], 1);
        additional.CopyTo(Bytes[TagLength..]);

        Span<byte> lengths = MemoryMarshal.AsBytes(_blocks.AsSpan()[^2..^1]);
        BinaryPrimitives.WriteUInt64BigEndian(lengths, 8UL * (uint)additional.Length);
        BinaryPrimitives.WriteUInt64BigEndian(lengths[8..], 8UL * (uint)textLength);
    }

    /// <summary>All of it.</summary>
    public Span<Vector128<byte>> Blocks => _blocks;

    /// <summary>How many blocks the additional data have.</summary>
    public int AdditionalBlocks { get; }

    /// <summary>Bytes of the text; its last block is filled up with zeros.</summary>
    public int TextLength { get; }

    /// <summary>The nonce: never twice under one key.</summary>
    public Span<byte> Nonce => Bytes[..NonceLength];

    /// <summary>Plaintext or ciphertext.</summary>
    public Span<byte> Text => Bytes.Slice((1 + AdditionalBlocks) * TagLength, TextLength);

    /// <summary>The tag.</summary>
    public Span<byte> Tag => Bytes[^TagLength..];

    private Span<byte> Bytes => MemoryMarshal.AsBytes(_blocks.AsSpan());

    private static int BlocksOf(int bytes) => (bytes + TagLength - 1) / TagLength;
}
