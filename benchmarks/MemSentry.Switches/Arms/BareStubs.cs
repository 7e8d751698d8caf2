using MemSentry.Domains;
using MemSentry.Native.ProtectionKeys.Gates;

namespace MemSentry.Switches.Arms;

/// <summary>What every window of <c>mpk</c> costs at least: the stubs of the gate, called as a gate calls them, around a load.</summary>
internal static unsafe class BareStubs
{
    /// <summary>Allocates a region in the domain whose gate is measured, and writes what will be read.</summary>
    public static Arm Create()
    {
        ulong page = GateLayout.PageOf(DomainTable.NumberOf(DomainTable.DefaultName));
        SafeRegion region = SafeRegion.Allocate(sizeof(ulong), new() { Name = "read by bare stubs" });
        var address = (ulong*)region.Pointer;
        var enter = (delegate* unmanaged[SuppressGCTransition]<void>)GateLayout.AddressOf(page, GateEntry.EnterToRead);
        var leave = (delegate* unmanaged[SuppressGCTransition]<void>)GateLayout.AddressOf(page, GateEntry.Leave);
        ((delegate* unmanaged[SuppressGCTransition]<void>)GateLayout.AddressOf(page, GateEntry.EnterToWrite))();
        *address = Arm.Content;
        leave();
        return new Arm("bare", "the stubs that open and close, and what they verify", () => Read(address, enter, leave));
    }

    private static ulong Read(ulong* address, delegate* unmanaged[SuppressGCTransition]<void> enter, delegate* unmanaged[SuppressGCTransition]<void> leave)
    {
        enter();
        ulong value = *address;
        leave();
        return value;
    }
}
