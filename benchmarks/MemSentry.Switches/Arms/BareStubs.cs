using MemSentry.Allocation;
using MemSentry.Domains;
using MemSentry.Native.ProtectionKeys.Gates;
using MemSentry.ProtectionKeys;

namespace MemSentry.Switches.Arms;

/// <summary>
/// What every window of <c>mpk</c> costs at least: the stubs of the gate, called as a gate calls them, around a load; and the same with stubs that write constants, which a process
/// could have if no other software in it used protection keys.
/// </summary>
internal static unsafe class BareStubs
{
    /// <summary>Allocates a region in the domain whose gate is measured, and writes what will be read.</summary>
    /// <exception cref="SafeRegionException">The kernel refuses another page of stubs.</exception>
    public static Arm[] Create()
    {
        ulong page = GateLayout.PageOf(DomainTable.NumberOf(DomainTable.DefaultName));
        SafeRegion region = SafeRegion.Allocate(sizeof(ulong), new() { Name = "read by bare stubs" });
        var address = (ulong*)region.Pointer;
        Stub(page, GateEntry.EnterToWrite)();
        *address = Arm.Content;
        Stub(page, GateEntry.Leave)();
        return
        [
            Create("bare", "the stubs that open and close, and what they verify", page, address),
            Create("constants", "the same with stubs that know the whole register", PutConstants(), address),
        ];
    }

    private static Arm Create(string name, string description, ulong page, ulong* address)
    {
        delegate* unmanaged[SuppressGCTransition]<void> enter = Stub(page, GateEntry.EnterToRead);
        delegate* unmanaged[SuppressGCTransition]<void> leave = Stub(page, GateEntry.Leave);
        return new Arm(name, description, () => Read(address, enter, leave));
    }

    private static ulong PutConstants()
    {
        ArenaHeader* arena = Arena.Current;
        var plan = new GatePlan(DomainTable.At(arena, 0)->Key, [arena->RuntimeKey, DomainTable.At(arena, 0)->Key], GateCalls.Register());
        KeyRefusals.ThrowIfRefused(Native.AddressSpace.ReserveAnywhere(GateLayout.PageLength, out ulong page), DomainTable.DefaultName);
        KeyRefusals.ThrowIfRefused(GatePages.Put(page, GateAssembler.Assemble(plan), arena->RuntimeKey), DomainTable.DefaultName);
        return page;
    }

    private static delegate* unmanaged[SuppressGCTransition]<void> Stub(ulong page, GateEntry entry) =>
        (delegate* unmanaged[SuppressGCTransition]<void>)GateLayout.AddressOf(page, entry);

    private static ulong Read(ulong* address, delegate* unmanaged[SuppressGCTransition]<void> enter, delegate* unmanaged[SuppressGCTransition]<void> leave)
    {
        enter();
        ulong value = *address;
        leave();
        return value;
    }
}
