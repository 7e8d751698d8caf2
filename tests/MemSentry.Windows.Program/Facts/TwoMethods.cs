using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>Two methods in one program: the default domain is encrypted, and the pages of another one are closed.</summary>
internal static unsafe class TwoMethods
{
    private static readonly SafeRegion Table = SafeRegion.Allocate(64, new() { Name = "table", Domain = "tables" });

    public static int Run()
    {
        Report("outside");
        int sum = Fill() + Use() + Nest();
        Report("outside again");
        Console.WriteLine($"sum {sum}");
        return 0;
    }

    [SafeRegionAccess(Domain = "tables")]
    private static int Fill()
    {
        *Table.Pointer = 7;
        return *Table.Pointer;
    }

    [SafeRegionAccess]
    private static int Use() => ++Secret.Key.Pointer[1];

    /// <summary>A window of one method inside a window of the other.</summary>
    [SafeRegionAccess(RegionAccess.Read, Domain = "tables")]
    private static int Nest()
    {
        int first = *Table.Pointer;
        return Use() + first + *Table.Pointer;
    }

    private static void Report(string place)
    {
        nint key = Secret.Address;
        nint table = (nint)Table.Pointer;
        Console.WriteLine(
            $"{place}: the key {(Probe.CanBeRead(key) ? Probe.IsText(key) ? "is text" : "is ciphertext" : "has no rights")}, " +
            $"the table {(Probe.CanBeRead(table) ? "is open" : "has no rights")}");
    }
}
