using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Heartbleed.Victim;

namespace Heartbleed.Attack;

/// <summary>The key of one run. Every verdict compares received bytes with it.</summary>
internal sealed class Secret
{
    /// <summary>The random bytes that the server gets.</summary>
    public byte[] Bytes { get; } = RandomNumberGenerator.GetBytes(16);

    /// <summary>Whether the whole key is somewhere in what came back.</summary>
    public bool IsIn(Reply reply) => reply.Body.AsSpan().IndexOf(Bytes) >= 0;

    /// <summary>Whether a reply is the tag of the message under this key: then the server still has the key, unchanged.</summary>
    public bool Signed(string message, Reply reply) =>
        reply is { Type: ContentType.Sign, Body.Length: sizeof(ulong) }
        && BinaryPrimitives.ReadUInt64LittleEndian(reply.Body) == SipHash.Compute(
            BinaryPrimitives.ReadUInt64LittleEndian(Bytes),
            BinaryPrimitives.ReadUInt64LittleEndian(Bytes.AsSpan(8)),
            Encoding.ASCII.GetBytes(message));

    /// <summary>The key's first bytes, for the reader.</summary>
    public override string ToString() => Convert.ToHexStringLower(Bytes.AsSpan(0, 4)) + "…";
}
