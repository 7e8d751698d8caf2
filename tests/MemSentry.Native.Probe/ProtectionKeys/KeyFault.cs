namespace MemSentry.Native.Probe.ProtectionKeys;

/// <summary>Touches a region whose pages a key has closed, as managed code that is not whitelisted would.</summary>
internal static unsafe class KeyFault
{
    public static int Run(string access)
    {
        ProbeModule.Start("ProtMethod=mpk");
        SafeRegion region = SafeRegion.Allocate(100, new SafeRegionOptions { Name = "signing keys", Domain = "payments", OwnPages = true });
        return access == "store" ? Store(region.Pointer + 7) : Load(region.Pointer + 7);
    }

    private static int Load(byte* target) => *target;

    private static int Store(byte* target) => *target = 1;
}
