using System.Runtime.InteropServices;
using MemSentry.Allocation;
using MemSentry.CompilerServices;
using MemSentry.Native;

namespace MemSentry.Runtime.Probe;

/// <summary>What must end a process, or be refused by the kernel.</summary>
internal static unsafe class Dying
{
    public static int Touch(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.Settings);
        SafeRegion guarded = SafeRegion.Allocate(100, new SafeRegionOptions { GuardAtEnd = true, Alignment = 4 });
        guarded.Span.Fill(1);
        byte* target = arguments[0] switch
        {
            "low-guard" => (byte*)AddressSpaceLayout.BlockStart + 12345,
            "high-guard" => (byte*)AddressSpaceLayout.ArenaStart + AddressSpaceLayout.ArenaLength,
            "alias" => (byte*)((ulong)guarded.Pointer | 1UL << 46),
            "free-arena" => (byte*)AddressSpaceLayout.ArenaStart + AddressSpaceLayout.ArenaLength - 1,
            "behind-guarded-region" => guarded.Pointer + 100,
            "released-region" => Release(guarded),
            "read-only-region" => MakeReadOnly(guarded),
            "own-region" => guarded.Pointer + 99,
            _ => throw new ArgumentException($"No target is called '{arguments[0]}'."),
        };
        Console.WriteLine("touching");
        *target = 2;
        Console.WriteLine("survived");
        return 0;
    }

    /// <summary>What a woven module's check does, without a handler.</summary>
    public static int Violate(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.Settings);
        SafeRegion region = SafeRegion.Allocate(4096, new SafeRegionOptions { Name = "signing keys" });
        throw Violation.Create((nuint)region.Pointer + 16, "Demo.Server::Echo", 0x1f, 1);
    }

    /// <summary>Tries to take each part of the layout away.</summary>
    public static int Unmap(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.Settings);
        MemSentryStatus status = MemSentryRuntime.Status;
        Console.WriteLine($"sealed: {status.IsSealed} {status.WhyNotSealed}");
        ulong slab = (ulong)SafeRegion.Allocate(16).Pointer & ~0xfffUL;
        foreach (ulong address in new[] { AddressSpaceLayout.BlockStart, AddressSpaceLayout.AliasStart, AddressSpaceLayout.ArenaStart, slab })
        {
            SystemCallFailure? refused = AddressSpace.Release(address, 4096);
            Console.WriteLine(refused?.ToString() ?? "unmapped");
            if (refused is null)
            {
                // Nothing of the runtime may be asked any more.
                return 1;
            }
        }

        return 0;
    }

    /// <summary>An attacker who can write a static field points the runtime to an arena of his own.</summary>
    public static int Redirect(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.Settings);
        SafeRegion region = SafeRegion.Allocate(32);
        Arena.Use((ArenaHeader*)NativeMemory.AlignedAlloc(1 << 20, 4096));
        region.Span.Fill(0x41);
        return 0;
    }

    private static byte* Release(SafeRegion region)
    {
        byte* stale = region.Pointer;
        region.Dispose();
        return stale;
    }

    private static byte* MakeReadOnly(SafeRegion region)
    {
        region.MakeReadOnly();
        return region.Pointer[99] == 1 ? region.Pointer : throw new InvalidOperationException("A read-only region cannot be read.");
    }
}
