using MemSentry.Crypt;
using MemSentry.Native.Crypt;

namespace MemSentry.Native.Probe.Crypt;

/// <summary>An attacker who can write anywhere, at work on regions of the method crypt. Each attack is followed by an honest window.</summary>
internal static unsafe class Tampering
{
    private const int Length = 100;

    private static readonly Dictionary<string, Action<CryptRegion, CryptRegion>> Attacks = new()
    {
        ["nothing"] = (_, _) => { },
        ["first-bit"] = (region, _) => region.Span[0] ^= 1,
        ["last-bit"] = (region, _) => region.Span[^1] ^= 0x80,
        ["nonce"] = (region, _) => Header(region)->Nonce[3] ^= 1,
        ["block-counter"] = (region, _) => Header(region)->Nonce[15] ^= 1,
        ["count-while-closed"] = (region, _) => Header(region)->Count = 1,
        ["rollback"] = (region, _) =>
        {
            byte[] old = Copy(region);
            Store(region, 2);
            Paste(old, region);
        },
        ["rollback-to-open"] = (region, _) =>
        {
            // Header and text of an open window are put back when it is closed: with them would go any text that the attacker likes.
            region.Open();
            byte[] open = Copy(region);
            region.Close();
            Paste(open, region);
        },
        ["swap"] = (region, other) =>
        {
            byte[] one = Copy(region);
            Paste(Copy(other), region);
            Paste(one, other);
        },
        ["count-while-open"] = (region, _) =>
        {
            region.Open();
            Header(region)->Count = 5;
        },
        ["seal-while-open"] = (region, _) =>
        {
            region.Open();
            Header(region)->Seal[0] ^= 1;
        },
        ["close-twice"] = (region, _) => region.Close(),
        ["count-to-zero"] = (region, _) =>
        {
            region.Open();
            Header(region)->Count = 0;
            region.Close();
        },
        ["released-while-open"] = (region, _) =>
        {
            region.Open();
            Header(region)->Count = CryptHeader.Released;
            region.Close();
        },
    };

    public static int Run(string attack)
    {
        // "unauthenticated:first-bit" is the attack on regions without MAC.
        bool isAuthenticated = !attack.StartsWith("unauthenticated:", StringComparison.Ordinal);
        CryptRegion region = Create("signing keys", isAuthenticated);
        CryptRegion other = Create("other keys", isAuthenticated);
        Attacks[attack[(attack.IndexOf(':', StringComparison.Ordinal) + 1)..]](region, other);
        Console.WriteLine("attacked");
        region.Open();
        Console.WriteLine($"open: {Convert.ToHexStringLower(region.Span[..4])} … {Convert.ToHexStringLower(region.Span[^4..])}");
        region.Close();
        return 0;
    }

    public static int StoreToTag()
    {
        _ = TagPlaces.Take(out TagPlace place);
        Console.WriteLine($"reads {*(byte*)place.Address}");
        *(byte*)place.Address = 1;
        Console.WriteLine("stored");
        return 0;
    }

    private static CryptRegion Create(string name, bool isAuthenticated)
    {
        CryptRegion region = CryptRegion.Create(Length, new CryptRegionOptions { Name = name, IsAuthenticated = isAuthenticated });
        Store(region, 1);
        return region;
    }

    private static void Store(CryptRegion region, byte value)
    {
        region.Open();
        region.Span.Fill(value);
        region.Close();
    }

    private static CryptHeader* Header(CryptRegion region) => (CryptHeader*)(region.Address - CryptHeader.Length);

    private static Span<byte> All(CryptRegion region) => new((void*)(region.Address - CryptHeader.Length), CryptHeader.Length + region.Length);

    private static byte[] Copy(CryptRegion region) => All(region).ToArray();

    private static void Paste(byte[] bytes, CryptRegion region) => bytes.CopyTo(All(region));
}
