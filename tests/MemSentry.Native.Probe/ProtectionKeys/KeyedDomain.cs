using MemSentry.Allocation;
using MemSentry.Domains;
using MemSentry.Native.ProtectionKeys;
using MemSentry.Native.ProtectionKeys.Gates;

namespace MemSentry.Native.Probe.ProtectionKeys;

/// <summary>Memory with a key, which the stubs of a page open and close to this thread.</summary>
internal sealed unsafe class KeyedDomain
{
    private const ulong PageLength = 4096;

    private KeyedDomain(int key, ulong page, ulong address) => (Key, Page, Address) = (key, page, address);

    /// <summary>From 1 to 15.</summary>
    public int Key { get; }

    /// <summary>The page of stubs.</summary>
    public ulong Page { get; }

    /// <summary>The memory.</summary>
    public ulong Address { get; }

    /// <summary>PKRU of this thread.</summary>
    public uint Register => ((delegate* unmanaged[SuppressGCTransition]<uint>)GateLayout.AddressOf(Page, GateEntry.Register))();

    /// <summary>What this thread may do with the memory.</summary>
    public KeyRights Rights => KeyRegister.Rights(Register, Key);

    /// <summary>A domain of the runtime, with a region in it that nobody disposes.</summary>
    public static KeyedDomain Allocate(string name)
    {
        SafeRegion region = SafeRegion.Allocate(64, new SafeRegionOptions { Name = name, Domain = name, OwnPages = true });
        Domain* domain = DomainTable.At(Arena.Current, DomainTable.Find(Arena.Current, DomainTable.NumberOf(name)));
        return new KeyedDomain(domain->Key, GateLayout.PageOf(domain->Number), (ulong)region.Pointer);
    }

    /// <summary>Memory of which the runtime knows nothing, as another library would have it.</summary>
    public static KeyedDomain CreateForeign()
    {
        Demand(KeyCalls.Allocate(out int key));
        Demand(KeyedMemory.Create(key, PageLength, out KeyedMemory? memory));
        return new KeyedDomain(key, PutPage(new GatePlan(key, [key]), key), memory!.Address);
    }

    /// <summary>Puts stubs somewhere.</summary>
    /// <param name="plan">What they know.</param>
    /// <param name="closedBy">The key that makes them execute-only.</param>
    public static ulong PutPage(GatePlan plan, int closedBy)
    {
        Demand(AddressSpace.ReserveAnywhere(PageLength, out ulong page));
        Demand(GatePages.Put(page, GateAssembler.Assemble(plan), closedBy));
        return page;
    }

    /// <summary>Opens it, whatever else is open.</summary>
    public void Open() => GateCalls.Set(Page, KeyRights.ReadWrite);

    /// <summary>Opens it to reads.</summary>
    public void OpenRead() => GateCalls.Set(Page, KeyRights.Read);

    /// <summary>Closes it, and leaves the rest as it is.</summary>
    public void Close() => GateCalls.Set(Page, KeyRights.None);

    private static void Demand(SystemCallFailure? failure)
    {
        if (failure is not null)
        {
            throw new InvalidOperationException(failure.ToString());
        }
    }
}
