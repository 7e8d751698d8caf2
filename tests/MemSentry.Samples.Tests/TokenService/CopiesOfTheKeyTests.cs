using System.Globalization;
using MemSentry.Services;

namespace MemSentry.Samples.Tests.TokenService;

/// <summary>"Nowhere else", looked for in all writable memory of a service that has worked: the key, the last round key, the hash key.</summary>
[TestFixture]
internal sealed class CopiesOfTheKeyTests
{
    private const ulong Arena = 0x1200_0000_0000, ArenaEnd = 0x1210_0000_0000;
    private const int LastRoundKey = 160, Schedule = 192;

    [Test]
    public async Task Key_and_schedule_lie_in_the_region_and_nowhere_else()
    {
        using ServiceProcess service = ServiceProcess.Start(BuiltServices.Folder("mpx"), BuiltServices.Settings);
        using ServiceClient client = BuiltServices.Connect(service);
        for (int i = 0; i < 200; i++)
            await client.VerifyAsync(await client.SignAsync("alice"));

        using FileStream memory = new($"/proc/{service.Id}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        string leak = (await client.GetAsync("/debug/objects")).Text;
        byte[] schedule = Read(memory, ulong.Parse(leak.AsSpan("key 0x".Length), NumberStyles.HexNumber, CultureInfo.InvariantCulture), Schedule)!;
        Assert.That(schedule[..16], Is.EqualTo(BuiltServices.Key), "the search would find it where it is");

        byte[][] secrets = [schedule[..16], schedule[LastRoundKey..(LastRoundKey + 16)], schedule[(LastRoundKey + 16)..]];
        int searched = 0;
        foreach ((ulong start, ulong end) in WritableMemory(service.Id).Where(m => m.Start is < Arena or >= ArenaEnd))
        {
            if (Read(memory, start, end - start) is not { } bytes)
                continue;

            searched++;
            foreach (byte[] secret in secrets)
                Assert.That(bytes.AsSpan().IndexOf(secret), Is.Negative, $"0x{start:x}-0x{end:x}");
        }

        Assert.That(searched, Is.GreaterThan(20));
    }

    private static IEnumerable<(ulong Start, ulong End)> WritableMemory(int process) =>
        from line in File.ReadLines($"/proc/{process}/maps")
        let parts = line.Split('-', ' ')
        where parts[2].StartsWith("rw", StringComparison.Ordinal)
        select (ulong.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), ulong.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    /// <summary>The bytes; null where the kernel gives none.</summary>
    private static byte[]? Read(FileStream memory, ulong start, ulong length)
    {
        var bytes = new byte[length];
        try
        {
            return RandomAccess.Read(memory.SafeFileHandle, bytes, (long)start) == bytes.Length ? bytes : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
