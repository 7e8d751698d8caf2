using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>Regions come and go while their domain is closed, and in the middle of a window.</summary>
internal static unsafe class Lifecycle
{
    public static int Run()
    {
        using SafeRegion small = SafeRegion.Allocate(40);
        using SafeRegion large = SafeRegion.Allocate(10_000, new() { Name = "large" });
        Fill(small, 40);
        Fill(large, 10_000);

        // Before the first exception, which closes what was forgotten.
        bool isClosed = !Probe.IsOpen((nint)large.Pointer) && !Probe.IsOpen((nint)small.Pointer);
        string readOnly = MessageOf(large.MakeReadOnly);
        isClosed &= !Probe.IsOpen((nint)large.Pointer) && !Probe.IsOpen((nint)small.Pointer) && Sum(large) == 10_000 && large.Length == 10_000;
        nint gone = (nint)large.Pointer;
        large.Dispose();
        bool isGone = !Probe.IsOpen(gone);

        // Released memory is overwritten although it is closed, and its canaries are looked at.
        SafeRegion broken = SafeRegion.Allocate(40);
        Overrun(broken);
        string message = MessageOf(broken.Dispose);
        int inside = AllocateInside();
        bool isRefused = readOnly.StartsWith("MS7213", StringComparison.Ordinal) == Probe.MeetsCiphertext;
        Console.WriteLine($"closed {isClosed}, gone {isGone}, allocated inside {inside}: {message}");
        Probe.Look("what follows");
        return isClosed && isGone && isRefused && inside == 5 && message.StartsWith("MS7205", StringComparison.Ordinal) ? Probe.Verdict(atLeast: 1) : 3;
    }

    private static string MessageOf(Action refused)
    {
        try
        {
            refused();
            return "";
        }
        catch (SafeRegionException e)
        {
            return e.Message;
        }
    }

    [SafeRegionAccess]
    private static void Fill(SafeRegion region, int length) => new Span<byte>(region.Pointer, length).Fill(1);

    [SafeRegionAccess(RegionAccess.Read)]
    private static int Sum(SafeRegion region)
    {
        int sum = 0;
        foreach (byte value in region.Span)
        {
            sum += value;
        }

        return sum;
    }

    [SafeRegionAccess]
    private static void Overrun(SafeRegion region) => region.Pointer[40] = 1;

    [SafeRegionAccess]
    private static int AllocateInside()
    {
        Secret.Key.Pointer[5] = 5;
        using SafeRegion region = SafeRegion.Allocate(5000);
        *region.Pointer = Secret.Key.Pointer[5];
        return *region.Pointer;
    }
}
