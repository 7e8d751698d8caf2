using MemSentry.Tests;

namespace MemSentry.Windows.Program.Probing;

/// <summary>Looks from code that is not whitelisted whether a region is open, and counts.</summary>
internal static class Probe
{
    private static int _looks;
    private static int _leaks;

    /// <summary>How often it has looked.</summary>
    public static int Looks => Volatile.Read(ref _looks);

    /// <summary>How often the region was open.</summary>
    public static int Leaks => Volatile.Read(ref _leaks);

    /// <inheritdoc cref="RegionProbe.MeetsCiphertext"/>
    public static bool MeetsCiphertext => RegionProbe.MeetsCiphertext;

    /// <inheritdoc cref="RegionProbe.MeetsKeys"/>
    public static bool MeetsKeys => RegionProbe.MeetsKeys;

    /// <inheritdoc cref="RegionProbe.IsOpen"/>
    public static bool IsOpen(nint address) => RegionProbe.IsOpen(address);

    /// <inheritdoc cref="RegionProbe.CanBeRead"/>
    public static bool CanBeRead(nint address) => RegionProbe.CanBeRead(address);

    /// <inheritdoc cref="RegionProbe.IsText"/>
    public static bool IsText(nint address) => RegionProbe.IsText(address);

    /// <summary>Looks where the region has to be closed, and says so if it is not.</summary>
    public static void Look(string place)
    {
        Look(place, Secret.Address);
    }

    /// <summary>The same for another region.</summary>
    public static void Look(string place, nint address)
    {
        Interlocked.Increment(ref _looks);
        if (IsOpen(address))
        {
            Interlocked.Increment(ref _leaks);
            Console.WriteLine($"OPEN in {place}");
        }
    }

    /// <summary>The exit code of a fact: whatever was seen has been printed.</summary>
    public static int Verdict(int atLeast)
    {
        Console.WriteLine($"{Looks} looks, {Leaks} leaks");
        return Leaks == 0 && Looks >= atLeast ? 0 : 1;
    }
}
