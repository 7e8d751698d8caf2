using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MemSentry.Cli.Tests;

/// <summary>A program of one file, as the SDK makes it: a native host, an offset before a signature, and at that offset the assemblies.</summary>
internal static class SingleFile
{
    public static byte[] Program()
    {
        byte[] host = File.ReadAllBytes(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.so"));
        byte[] marker = new byte[sizeof(long)];
        byte[] bundle = "assemblies"u8.ToArray();
        byte[] signature = SHA256.HashData(".net core bundle"u8);
        BinaryPrimitives.WriteInt64LittleEndian(marker, host.Length + marker.Length + signature.Length);
        return [.. host, .. marker, .. signature, .. bundle];
    }
}
