using System.Reflection;
using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>Attempts that have to fail, most of them by the death of the process.</summary>
internal static unsafe class Intruders
{
    /// <summary>Code that is not whitelisted follows a pointer into the region.</summary>
    public static int ReadWildly()
    {
        Console.WriteLine($"read {*(byte*)Secret.Address}");
        return 1;
    }

    /// <summary>A member that was given a window to read writes.</summary>
    public static int WriteThroughReadWindow()
    {
        Write();
        return 1;
    }

    /// <summary>Calls the body of a whitelisted member past its gate, from outside or from inside of a window.</summary>
    public static int Reflect(string place)
    {
        MethodInfo twin = typeof(Secret).GetMethods(BindingFlags.NonPublic | BindingFlags.Static).Single(m => m.Name.StartsWith("Read|", StringComparison.Ordinal));
        void Intrude() => twin.Invoke(null, [0]);
        if (place == "inside")
        {
            _ = Secret.Around(Intrude);
        }
        else
        {
            Intrude();
        }

        return 1;
    }

    /// <summary>Hands addresses of the region to whitelisted members, as if they were data.</summary>
    public static int UseDeputies()
    {
        nint address = Secret.Address;
        int blocked = Blocked(() => Sum((byte*)address)) + Blocked(() => Sum(new ReadOnlySpan<byte>((byte*)address, 8))) + Blocked(() => Sum(ref *(byte*)address))
            + Blocked(() => SumAt(address)) + Blocked(() => new Taker().Take(new ReadOnlySpan<byte>((byte*)(address - (1L << 41)), int.MaxValue)));
        Console.WriteLine($"{blocked} of 5 blocked, {Accept((byte*)address)} accepted");
        return blocked == 5 ? 0 : 1;
    }

    /// <summary>Writes to the records that lead whitelisted code to its regions.</summary>
    public static int WriteRecords()
    {
        *(long*)(AddressSpaceLayout.ArenaStart + (256 * 1024) + 128) = 0;
        return 1;
    }

    [SafeRegionAccess(RegionAccess.Read)]
    private static void Write() => *Secret.Key.Pointer = 2;

    [SafeRegionAccess]
    private static int Sum(byte* data) => data[0] + Secret.Key.Pointer[0];

    [SafeRegionAccess]
    private static int Sum(ReadOnlySpan<byte> data) => data[0] + Secret.Key.Pointer[0];

    [SafeRegionAccess]
    private static int Sum(ref byte data) => data + Secret.Key.Pointer[0];

    [SafeRegionAccess]
    private static int SumAt(nint data) => *(byte*)data + Secret.Key.Pointer[0];

    [SafeRegionAccess]
    private static int Accept([AcceptsSafeRegion] byte* data) => data[0];

    private static int Blocked(Func<int> attack)
    {
        try
        {
            _ = attack();
            return 0;
        }
        catch (SafeRegionViolationException)
        {
            Probe.Look("the handler of a violation");
            return Probe.Leaks == 0 ? 1 : 0;
        }
    }

    private readonly struct Taker
    {
        [SafeRegionAccess]
        public int Take(ReadOnlySpan<byte> data) => data.Length + Secret.Key.Pointer[0];
    }
}
