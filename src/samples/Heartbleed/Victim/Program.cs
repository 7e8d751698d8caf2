using System.Net;
using System.Net.Sockets;

namespace Heartbleed.Victim;

/// <summary>The server. Its argument says where the key lies; the key comes on standard input, and the end of that input ends the server.</summary>
internal static unsafe class Program
{
    private const int LargestRecord = 4096;
    private const int LargestReply = 65536;

    private static int Main(string[] args)
    {
        using Stream input = Console.OpenStandardInput();

        // The order matters to the story: in ordinary memory the key comes to lie directly behind the record.
        var slab = new Slab(2 * LargestReply);
        byte* record = slab.Take(LargestRecord);
        SigningKey key = args is ["region"] ? SigningKey.InSafeRegion() : SigningKey.InOrdinaryMemory(slab);
        byte* reply = slab.Take(LargestReply);
        key.ReadFrom(input);

        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        var server = new Server(new RecordHandler(key, reply, LargestReply), record, LargestRecord);
        _ = Task.Factory.StartNew(() => server.Serve(listener), TaskCreationOptions.LongRunning);
        Console.WriteLine($"listening on port {((IPEndPoint)listener.LocalEndpoint).Port}");

        return input.ReadByte() < 0 ? 0 : 1;
    }
}
