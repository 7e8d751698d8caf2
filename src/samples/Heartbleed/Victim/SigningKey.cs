using System.Security.Cryptography;
using MemSentry;

namespace Heartbleed.Victim;

/// <summary>
/// The secret and the only code that may touch it: <see cref="SafeRegionAccessAttribute"/> on the type whitelists every member,
/// so the rest of the server has to go through these few lines.
/// </summary>
[SafeRegionAccess]
internal sealed unsafe class SigningKey
{
    /// <summary>The key's length, in bytes.</summary>
    public const int Size = 16;

    private readonly byte* _ordinary;
    private readonly SafeRegion? _region;

    private SigningKey(byte* ordinary) => _ordinary = ordinary;

    private SigningKey(SafeRegion region) => _region = region;

    /// <summary>The key lies in a piece of the slab, like everything else.</summary>
    public static SigningKey InOrdinaryMemory(Slab slab) => new(slab.Take(Size));

    /// <summary>The key lies in a safe region.</summary>
    public static SigningKey InSafeRegion() => new(SafeRegion.Allocate(Size, new SafeRegionOptions { Name = "signing key" }));

    private byte* Address => _region is null ? _ordinary : _region.Pointer;

    /// <summary>
    /// Takes the key from a stream. By way of the stack, because a stream is anybody's code, and closed regions are closed to it; no copy stays behind.
    /// </summary>
    public void ReadFrom(Stream source)
    {
        Span<byte> passing = stackalloc byte[Size];
        source.ReadExactly(passing);
        passing.CopyTo(new Span<byte>(Address, Size));
        CryptographicOperations.ZeroMemory(passing);
    }

    /// <summary>The tag of a message.</summary>
    public ulong Sign(ReadOnlySpan<byte> message)
    {
        var words = (ulong*)Address;
        return SipHash.Compute(words[0], words[1], message);
    }

    /// <summary>What a log shows. Printing the address is the information leak that the attacker starts from.</summary>
    public override string ToString() => $"key=0x{(ulong)Address:x}";
}
