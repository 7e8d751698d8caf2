using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>Windows of two domains around each other: what the inner one does must not change what the outer one finds when it goes on, with stores at both ends.</summary>
internal static class NestedDomains
{
    private const int Outside = 40;
    private const int InFault = 41;
    private const int InWriter = 42;

    private static readonly SafeRegion Inner = SafeRegion.Allocate(64, new() { Name = "inner", Domain = "inner" });

    public static int Run()
    {
        InOuter(() => InInner(() =>
        {
            Probe.Look("a callee of two domains");
            InOuter(() => Probe.Look("a callee of three windows"));
            Probe.Look("a callee of two domains again");
        }));
        Probe.Look("what follows two domains");
        Read(() => InOuter(() => Probe.Look("a callee of a window that allows more than the one around it")));
        Write(() => Probe.Look("a callee of a reader that a writer has called"));
        CatchFault(null);
        Probe.Look("what follows a fault in the inner domain");
        CatchInInner(() => InOuter(() => throw new InvalidOperationException("on purpose")));
        Probe.Look("what follows an exception through both domains");
        InOuter(() => HopInInner().GetAwaiter().GetResult());
        Probe.Look("what follows a hop in the inner domain");
        return IsOuterRight() && IsInnerRight() ? Probe.Verdict(atLeast: 9) : 3;
    }

    [SafeRegionAccess]
    private static unsafe void InOuter(Action foreign)
    {
        Secret.Key.Pointer[Outside]++;
        foreign();
        Secret.Key.Pointer[Outside]++;
    }

    [SafeRegionAccess(Domain = "inner")]
    private static unsafe void InInner(Action foreign)
    {
        Inner.Pointer[0]++;
        foreign();
        Inner.Pointer[0]++;
    }

    [SafeRegionAccess(RegionAccess.Read)]
    private static unsafe int Read(Action foreign)
    {
        int before = Secret.Key.Pointer[Outside];
        foreign();
        return before + Secret.Key.Pointer[Outside];
    }

    /// <summary>The reader's body opens again to read after its foreign call, and the writer goes on writing.</summary>
    [SafeRegionAccess]
    private static unsafe void Write(Action foreign)
    {
        Secret.Key.Pointer[InWriter]++;
        _ = Read(foreign);
        Secret.Key.Pointer[InWriter]++;
    }

    [SafeRegionAccess]
    private static unsafe void CatchFault(int[]? nothing)
    {
        try
        {
            Secret.Key.Pointer[InFault]++;
            _ = FaultInInner(nothing);
        }
        catch (NullReferenceException) when (Secret.Key.Pointer[InFault] == 1)
        {
            Secret.Key.Pointer[InFault]++;
        }
    }

    [SafeRegionAccess(Domain = "inner")]
    private static unsafe int FaultInInner(int[]? nothing)
    {
        Inner.Pointer[1]++;
        return nothing!.Length + Inner.Pointer[1];
    }

    [SafeRegionAccess(Domain = "inner")]
    private static unsafe void CatchInInner(Action foreign)
    {
        try
        {
            Inner.Pointer[2]++;
            foreign();
        }
        catch (InvalidOperationException)
        {
            Inner.Pointer[2]++;
        }
        finally
        {
            Inner.Pointer[2]++;
        }
    }

    [SafeRegionAccess(Domain = "inner")]
    private static async Task HopInInner()
    {
        Inner.GetReference<byte>()++;
        await Task.Yield();
        Inner.GetReference<byte>()++;
    }

    [SafeRegionAccess(RegionAccess.Read)]
    private static unsafe bool IsOuterRight() =>
        (Secret.Key.Pointer[Outside], Secret.Key.Pointer[InFault], Secret.Key.Pointer[InWriter]) == (9, 2, 2);

    [SafeRegionAccess(RegionAccess.Read, Domain = "inner")]
    private static unsafe bool IsInnerRight() => (Inner.Pointer[0], Inner.Pointer[1], Inner.Pointer[2]) == (4, 1, 3);
}
