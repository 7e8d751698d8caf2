using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Outside;

/// <summary>COM interfaces without a component: what the rows about interface pointers call through.</summary>
public static unsafe class InterfaceTable
{
    private static readonly nint First = Table(&AddFirst, &ReleaseFirst);
    private static readonly nint Second = Table(&AddSecond, &ReleaseSecond);

    /// <summary>What an interface pointer points to.</summary>
    public static nint Address => First;

    /// <summary>Another one, with other results.</summary>
    public static nint OtherAddress => Second;

    private static nint Table(delegate* unmanaged<nint, uint> add, delegate* unmanaged<nint, uint> release)
    {
        nint* table = (nint*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(InterfaceTable), 3 * sizeof(nint));
        delegate* unmanaged<nint, Guid*, nint*, int> query = &Query;
        table[0] = (nint)query;
        table[1] = (nint)add;
        table[2] = (nint)release;
        return (nint)table;
    }

    // Every interface is this one. The result tells the tables apart.
    [UnmanagedCallersOnly]
    private static int Query(nint self, Guid* id, nint* result)
    {
        *result = self;
        return *(nint*)self == First ? 0 : 1;
    }

    [UnmanagedCallersOnly]
    private static uint AddFirst(nint self) => 7;

    [UnmanagedCallersOnly]
    private static uint AddSecond(nint self) => 8;

    [UnmanagedCallersOnly]
    private static uint ReleaseFirst(nint self) => 5;

    [UnmanagedCallersOnly]
    private static uint ReleaseSecond(nint self) => 6;
}
