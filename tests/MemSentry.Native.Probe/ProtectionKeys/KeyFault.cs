using MemSentry.CompilerServices;
using MemSentry.Native.ProtectionKeys;

namespace MemSentry.Native.Probe.ProtectionKeys;

/// <summary>Touches a region whose pages a key has closed, as managed code that is not whitelisted would.</summary>
internal static unsafe class KeyFault
{
    private const ulong PageLength = 4096;

    public static int Run(string access)
    {
        WovenModule.Start(
            "Probe", AddressSpaceLayout.Version, "ProtMethod=mprotect;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf;Callees=data");
        SafeRegion region = SafeRegion.Allocate(100, new SafeRegionOptions { Name = "signing keys", Domain = "payments", OwnPages = true });
        ulong page = (ulong)region.Pointer & ~(PageLength - 1);
        if ((KeyCalls.Allocate(out int key) ?? KeyCalls.Protect(page, PageLength, MemoryProtection.ReadWrite, key)) is { } failure)
        {
            throw new InvalidOperationException(failure.ToString());
        }

        return access == "store" ? Store(region.Pointer + 7) : Load(region.Pointer + 7);
    }

    private static int Load(byte* target) => *target;

    private static int Store(byte* target) => *target = 1;
}
