using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using MemSentry;
using TokenService.Server.Cryptography;

namespace TokenService.Server.Keys;

/// <summary>
/// The key of all tokens. It and what is computed from it lie in a safe region and nowhere else: these members and those of <c>Cryptography</c> are the only
/// ones that may touch it. One call of <see cref="Seal"/> or <see cref="Open"/> is one window, because all that it calls is whitelisted or computes on data.
/// </summary>
internal sealed unsafe class TokenKey : IDisposable
{
    /// <summary>Bytes of a key.</summary>
    public const int Length = 16;

    private readonly SafeRegion _region;

    private TokenKey()
    {
        if (!AesSchedule.IsSupported)
            throw new PlatformNotSupportedException("The token service needs a processor with AES and PCLMULQDQ (aes and pclmulqdq in /proc/cpuinfo); run it on one that has them.");

        _region = SafeRegion.Allocate(AesSchedule.Count * (nuint)sizeof(Vector128<byte>), new SafeRegionOptions { Name = "token key" });
    }

    /// <summary>Where the key lies. To print it is the information leak that an attacker starts from.</summary>
    public ulong Address => (ulong)_region.Pointer;

    /// <summary>A key that has never been anywhere else.</summary>
    [SafeRegionAccess]
    public static TokenKey Generate()
    {
        var key = new TokenKey();
        RandomNumberGenerator.Fill(new Span<byte>(key._region.Pointer, Length));
        AesSchedule.Expand((Vector128<byte>*)key._region.Pointer);
        return key;
    }

    /// <summary>
    /// A key from a file of 16 bytes, which may be a pipe. By way of the stack, because the kernel cannot write to a closed region either; no copy stays behind.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It has another length.</exception>
    [SafeRegionAccess]
    public static TokenKey Read(string file)
    {
        Span<byte> passing = stackalloc byte[Length + 1];
        int read;
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0))
            read = stream.ReadAtLeast(passing, passing.Length, throwOnEndOfStream: false);
        if (read != Length)
            throw new InvalidDataException($"The key file '{file}' has {(read > Length ? "more than" : "only")} {Math.Min(read, Length)} bytes; give it exactly {Length} random ones.");

        var key = new TokenKey();
        passing[..Length].CopyTo(new Span<byte>(key._region.Pointer, Length));
        CryptographicOperations.ZeroMemory(passing);
        AesSchedule.Expand((Vector128<byte>*)key._region.Pointer);
        return key;
    }

    /// <summary>Encrypts the text of a message in place and writes the tag.</summary>
    /// <param name="message">See <see cref="GcmMessage.Blocks"/>.</param>
    /// <param name="additional">See <see cref="GcmMessage.AdditionalBlocks"/>.</param>
    /// <param name="length">See <see cref="GcmMessage.TextLength"/>.</param>
    [SafeRegionAccess(RegionAccess.Read)]
    public void Seal(Span<Vector128<byte>> message, int additional, int length)
    {
        var schedule = (Vector128<byte>*)_region.Pointer;
        Span<Vector128<byte>> text = message[(1 + additional)..^2];
        CounterMode.Transform(schedule, message[0], text);
        MemoryMarshal.AsBytes(text)[length..].Clear();
        message[^1] = GaloisTag.Compute(schedule, message[0], message[1..^1]);
    }

    /// <summary>Decrypts the text of a message in place, if its tag is right; else it changes nothing.</summary>
    /// <param name="message">See <see cref="GcmMessage.Blocks"/>.</param>
    /// <param name="additional">See <see cref="GcmMessage.AdditionalBlocks"/>.</param>
    /// <returns>Whether the tag is right.</returns>
    [SafeRegionAccess(RegionAccess.Read)]
    public bool Open(Span<Vector128<byte>> message, int additional)
    {
        // One comparison of all 16 bytes: it takes the same time wherever they differ.
        var schedule = (Vector128<byte>*)_region.Pointer;
        if ((GaloisTag.Compute(schedule, message[0], message[1..^1]) ^ message[^1]) != Vector128<byte>.Zero)
            return false;

        CounterMode.Transform(schedule, message[0], message[(1 + additional)..^2]);
        return true;
    }

    /// <summary>Overwrites the key.</summary>
    public void Dispose() => _region.Dispose();
}
