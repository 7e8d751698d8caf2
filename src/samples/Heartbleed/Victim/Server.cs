using System.Buffers.Binary;
using System.Net.Sockets;
using MemSentry;

namespace Heartbleed.Victim;

/// <summary>Takes records from one client after the other: type (1 byte), length (2 bytes, big-endian), body.</summary>
internal sealed unsafe class Server(RecordHandler handler, byte* record, int capacity)
{
    private const int HeaderSize = 3;

    public void Serve(TcpListener listener)
    {
        while (true)
        {
            using TcpClient client = listener.AcceptTcpClient();
            using NetworkStream stream = client.GetStream();
            Serve(stream);
        }
    }

    private void Serve(NetworkStream stream)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        while (stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) == HeaderSize)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(header[1..]);
            if (length > capacity)
                return;
            stream.ReadExactly(new Span<byte>(record, length));
            Answer((ContentType)header[0], length, stream);
        }
    }

    private void Answer(ContentType type, int length, NetworkStream stream)
    {
        try
        {
            Send(stream, type, handler.Answer(type, record, length));
        }
        catch (Exception refusal) when (refusal is SafeRegionViolationException or InvalidDataException)
        {
            Console.WriteLine($"refused: {refusal.Message}");
            Send(stream, ContentType.Alert, []);
        }
    }

    private static void Send(NetworkStream stream, ContentType type, ReadOnlySpan<byte> body)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        header[0] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(header[1..], (ushort)body.Length);
        stream.Write(header);
        stream.Write(body);
    }
}
