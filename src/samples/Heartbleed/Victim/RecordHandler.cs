using System.Buffers.Binary;
using System.Text;

namespace Heartbleed.Victim;

/// <summary>Answers records. Ordinary unsafe C#: it parses bytes through a pointer, and it trusts numbers that the client sent.</summary>
internal sealed unsafe class RecordHandler(SigningKey key, byte* reply, int capacity)
{
    private int _answered;

    /// <summary>Writes the answer to the reply buffer.</summary>
    /// <returns>The answer.</returns>
    public Span<byte> Answer(ContentType type, byte* record, int length)
    {
        _answered++;
        int answer = type switch
        {
            ContentType.Heartbeat => Heartbeat(record),
            ContentType.Sign => Sign(record, length),
            ContentType.Status => Status(record),
            ContentType.Resend => Resend(record),
            ContentType.Store => Store(record),
            _ => throw new InvalidDataException($"There is no record of type {(byte)type}."),
        };
        return new Span<byte>(reply, answer);
    }

    // Bug 1, the one of OpenSSL in 2014: the payload's length is what the client says, not what the record holds.
    private int Heartbeat(byte* record)
    {
        int payload = (record[0] << 8) | record[1];
        for (int i = 0; i < payload; i++)
            reply[i] = record[2 + i];
        return payload;
    }

    // Bug 2: nobody compares the offset with the record, and it has 64 bits.
    private int Resend(byte* record)
    {
        byte* from = record + *(long*)record;
        int count = *(ushort*)(record + 8);
        for (int i = 0; i < count; i++)
            reply[i] = from[i];
        return count;
    }

    // Bug 2 once more, as a write.
    private static int Store(byte* record)
    {
        *(ulong*)(record + *(long*)record) = *(ulong*)(record + 8);
        return 0;
    }

    private int Sign(byte* record, int length)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(new Span<byte>(reply, sizeof(ulong)), key.Sign(new ReadOnlySpan<byte>(record, length)));
        return sizeof(ulong);
    }

    // The information leak: a line meant for the operator's eyes prints where things are.
    private int Status(byte* record) =>
        Encoding.ASCII.GetBytes($"answered={_answered} record=0x{(ulong)record:x} {key}", new Span<byte>(reply, capacity));
}
