using System.Runtime.InteropServices;

namespace MemSentry.Allocation;

/// <summary>
/// Consecutive pages of the arena with one fate. All runs together tile the data area; their records lie outside the pages, so that
/// free pages need no rights and an overflow in a region meets no links of the allocator.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PageRun
{
    /// <summary>First page, counted from the arena's start.</summary>
    public uint FirstPage;

    /// <summary>Pages.</summary>
    public uint PageCount;

    /// <summary>The run that ends where this one starts; zero for none.</summary>
    public uint Previous;

    /// <summary>The run that starts where this one ends; zero for none.</summary>
    public uint Next;

    /// <summary>Links of the list of free runs, or (<see cref="NextFree"/>) of unused records.</summary>
    public uint PreviousFree;

    /// <summary>See <see cref="PreviousFree"/>.</summary>
    public uint NextFree;

    /// <summary>1 if nothing lives in the run.</summary>
    public uint IsFree;

    /// <summary>The next run, by address, of the same domain; zero ends the list.</summary>
    public uint NextInDomain;

    /// <summary>Pages from the first on that open with the domain; a guard page behind them never does.</summary>
    public uint OpenPages;

    /// <summary>1 if nobody may write them any more.</summary>
    public uint IsReadOnly;
}
