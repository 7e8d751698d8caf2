using System.Buffers.Binary;

namespace MemSentry.Cli.Tests;

/// <summary>A program of one file, as the SDK makes it: the native host of the tool, assemblies behind it, and in the host where they begin.</summary>
internal static class SingleFile
{
    private static readonly byte[] Signature = Convert.FromHexString("8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae");

    public static byte[] Host() => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "memsentry-weave"));

    public static byte[] Program()
    {
        byte[] host = Host();
        int at = host.AsSpan().IndexOf(Signature);
        Assert.That(at, Is.Positive, "the host has no place for the offset");
        BinaryPrimitives.WriteInt64LittleEndian(host.AsSpan(at - sizeof(long)), host.Length);
        return [.. host, .. "assemblies"u8];
    }
}
