using MemSentry;

namespace Windows;

/// <summary>The regions of two domains, and the whitelisted members by which the runner fills them and looks at them, without members of the framework, for which windows may be closed.</summary>
public static class Regions
{
    private const int Length = 64;
    private const byte Filling = 0x5a;

    public static readonly SafeRegion A = SafeRegion.Allocate(Length, new() { Name = "a" });
    public static readonly SafeRegion B = SafeRegion.Allocate(Length, new() { Name = "b", Domain = "b" });

    /// <summary>The same bytes everywhere: a probe tells text from ciphertext by them.</summary>
    public static void Fill()
    {
        FillA();
        FillB();
    }

    public static string Content() => System.Convert.ToHexString(ContentOfA()) + " " + System.Convert.ToHexString(ContentOfB());

    [SafeRegionAccess]
    private static void FillA()
    {
        for (int i = 0; i < Length; i++)
            A.Span[i] = Filling;
    }

    [SafeRegionAccess(Domain = "b")]
    private static void FillB()
    {
        for (int i = 0; i < Length; i++)
            B.Span[i] = Filling;
    }

    [SafeRegionAccess(RegionAccess.Read)]
    private static byte[] ContentOfA()
    {
        var content = new byte[Length];
        for (int i = 0; i < Length; i++)
            content[i] = A.Span[i];
        return content;
    }

    [SafeRegionAccess(RegionAccess.Read, Domain = "b")]
    private static byte[] ContentOfB()
    {
        var content = new byte[Length];
        for (int i = 0; i < Length; i++)
            content[i] = B.Span[i];
        return content;
    }
}
