using System.Globalization;
using System.Runtime.InteropServices;
using MemSentry.Allocation;
using MemSentry.CompilerServices;
using MemSentry.Faults;
using MemSentry.Native.Faults;

namespace MemSentry.Runtime.Probe;

/// <summary>Calls a fault handler as the kernel would, with signals that this machine may not have, and a next handler that does nothing.</summary>
internal static unsafe class FaultCodes
{
    private const int FrameLength = 1024;
    private const int Segmentation = 11;

    /// <summary>What the handler makes of each si_code, in a region and beside the block.</summary>
    public static int Report(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Windowing.Settings.Replace("mpx", "mprotect", StringComparison.Ordinal));
        SafeRegion region = SafeRegion.Allocate(100, new SafeRegionOptions { Name = "signing keys", Domain = "payments" });
        delegate* unmanaged<int, byte*, byte*, void> handler = CreateHandler();
        foreach (string code in arguments)
        {
            int number = int.Parse(code, CultureInfo.InvariantCulture);
            bool isInside = IsReported(handler, number, (ulong)region.Pointer + 5);
            bool isOutside = IsReported(handler, number, AddressSpaceLayout.BlockStart + (1UL << AddressSpaceLayout.BlockShift) + 5);
            Console.WriteLine($"{number}: {(isInside ? "reported" : "passed on")}, beside the block {(isOutside ? "reported" : "passed on")}");
        }

        return 0;
    }

    private static bool IsReported(delegate* unmanaged<int, byte*, byte*, void> handler, int code, ulong address)
    {
        var information = (byte*)NativeMemory.AllocZeroed(FrameLength);
        var context = (byte*)NativeMemory.AllocZeroed(FrameLength);
        *(int*)(information + SignalFrame.Code) = code;
        *(ulong*)(information + SignalFrame.Address) = address;
        handler(Segmentation, information, context);
        return *(ulong*)(information + SignalFrame.Reported) != 0;
    }

    private static delegate* unmanaged<int, byte*, byte*, void> CreateHandler()
    {
        ulong next = Place(_ => [0xc3]);
        FaultHandlerPlan plan = FaultPlans.Create(Arena.Current, next, next, order: 0);
        return (delegate* unmanaged<int, byte*, byte*, void>)Place(address => FaultHandlerAssembler.Assemble(plan, address).Bytes);
    }

    private static ulong Place(Func<ulong, byte[]> emit) =>
        ExecutablePages.Create(emit(AddressSpaceLayout.AliasStart).Length, emit, out ulong address) is { } failure
            ? throw new InvalidOperationException(failure.ToString())
            : address;
}
