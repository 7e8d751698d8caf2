using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Pointers across calls, exception edges, element sizes, a moving collector: where proofs end.</summary>
public static unsafe class Borders
{
    private static readonly ulong* Good = (ulong*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(Borders), sizeof(ulong));

    // "check p; call; use p": the callee changes the caller's saved copy of p, wherever in the stack it was spilled. A check whose result lived on across
    // the call would be about another address by then.
    [LoadAttack("ldind.i8")]
    public static ulong CheckedThenCalled(nint address)
    {
        ulong* pointer = Good;
        ulong first = *pointer;
        Overwrite(~(nint)pointer, address);
        return first + *pointer;
    }

    [StoreAttack("stind.i8")]
    public static void CheckedThenCalledThenWritten(nint address, ulong value)
    {
        ulong* pointer = Good;
        *pointer = 0;
        Overwrite(~(nint)pointer, address);
        *pointer = value;
        *Good = 0;
    }

    // The same with a pointer that needs no check to begin with. Who believes frames believes that it still leads to the stack. The loop makes compilers keep
    // it in a variable.
    [LoadAttack("ldloca.s ldind.i8", NotBlockedUnder = "trust=frame")]
    public static ulong ProvenThenCalled(nint address)
    {
        ulong own = 0;
        ulong seen = 0;
        ulong* pointer = &own;
        for (int round = 0; round < 2; round++)
        {
            seen = *pointer;
            Overwrite(~(nint)pointer, address);
        }

        return seen;
    }

    [StoreAttack("ldloca.s stind.i8", NotBlockedUnder = "trust=frame")]
    public static void ProvenThenCalledThenWritten(nint address, ulong value)
    {
        ulong own = 0;
        ulong* pointer = &own;
        for (int round = 0; round < 2; round++)
        {
            *pointer = value;
            Overwrite(~(nint)pointer, address);
        }
    }

    // The filter runs before the inner finally (ECMA-335 I.12.4.2.5): it sees the evil pointer, the handler the safe one.
    [LoadAttack("ldind.i8", InFilter = true)]
    public static ulong FilterBeforeInnerFinally(nint address)
    {
        ulong zero = 0;
        ulong seen = 0;
        ulong* pointer = &zero;
        try
        {
            try
            {
                pointer = (ulong*)address;
                throw new FormatException();
            }
            finally
            {
                pointer = &zero;
            }
        }
        catch (FormatException) when ((seen = *pointer) != 0)
        {
            return seen;
        }
        catch (FormatException)
        {
            return 0;
        }
    }

    // The end of the try never runs: only the throw in its middle leads to the handler.
    [LoadAttack("ldind.i8")]
    public static ulong HandlerSeesTheMiddleOfTheTry(nint address)
    {
        ulong zero = 0;
        ulong* pointer = &zero;
        try
        {
            pointer = (ulong*)address;
            Outsider.Throw();
            pointer = &zero;
        }
        catch (FormatException)
        {
            return *pointer;
        }

        return 0;
    }

    [LoadAttack("ldobj")]
    public static ulong ElementsOf511Bytes(nint address) => First(address, default(Odd511));

    [LoadAttack("ldobj")]
    public static ulong ElementsOf512Bytes(nint address) => First(address, default(Odd512));

    [LoadAttack("ldobj")]
    public static ulong ElementsOf513Bytes(nint address) => First(address, default(Odd513));

    // 4 KiB elements: from a base outside the block an index of 32 bits reaches across the guard.
    [LoadAttack("ldobj")]
    public static ulong ElementsOf4096Bytes(nint address) => First(address, default(Page));

    // With p just below what is attacked, a mask on p proves nothing of p[1].
    [LoadAttack("ldind.i8")]
    public static ulong NeighbourOfHarmlessPointer(nint address) => ((ulong*)(address - sizeof(ulong)))[1];

    [StoreAttack("stind.i8")]
    public static void NeighbourOfHarmlessPointerThatIsWritten(nint address, ulong value) => ((ulong*)(address - sizeof(ulong)))[1] = value;

    // The base lies in the guard just below the arena, the element in it. On other addresses the base is just as wrong, and the element right.
    [LoadAttack("ldind.i8")]
    public static ulong IndexFromJustBelowTheArena(nint address)
    {
        ulong* below = (ulong*)((address & ~(nint)0xF_FFFF_FFFF) - sizeof(ulong));
        return below[(address - (nint)below) / sizeof(ulong)];
    }

    // References into objects that move while they are held: a check or mask that turns one into a number and back loses it.
    [ConversionAttack("call")]
    public static ulong ReferencesWhileEverythingMoves(nint address)
    {
        ulong[] gap = new ulong[1000];
        ulong[] array = [1, 2, 3];
        ref ulong inside = ref array[1];
        gap = null;
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        inside += 40;
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        return array[1] != 42 || Outsider.ReadReference(ref inside) != 42 ? 0 : Outsider.ReadReference(ref *(ulong*)address);
    }

    [EscapeAttack("calli")]
    public static ulong ReferenceThroughFunctionPointer(nint address)
    {
        delegate*<nint, int, double, ulong> function = &Outsider.ReadOffset;
        return function(address - 8, 8, 1.5);
    }

    [ConversionAttack("calli")]
    public static ulong ReferenceThroughManagedFunctionPointer(nint address)
    {
        delegate*<ref ulong, ulong> function = &Outsider.ReadReference;
        return function(ref *(ulong*)address);
    }

    [ConversionAttack("callvirt")]
    public static ulong ReferenceThroughDelegate(nint address)
    {
        ReferenceReader reader = Outsider.ReadReference;
        return reader(ref *(ulong*)address);
    }

    [EscapeAttack("callvirt", Api = "ICustomMarshaler::*")]
    public static ulong NumberThroughInterface(nint address)
    {
        ICustomMarshaler marshaler = new OutsideMarshaler();
        return (ulong)marshaler.MarshalNativeToManaged(address);
    }

    [Accomplice, MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong First<T>(nint address, T nothing)
        where T : unmanaged
    {
        int index = int.MaxValue;
        T* start = (T*)(address - ((nint)index * sizeof(T)));
        T element = start[index];
        return *(ulong*)&element;
    }

    // Who may write anywhere in ordinary memory may do this. It needs no luck: every copy of the pointer on the stack is changed. It is
    // passed inverted, so that this member's own copy is not among them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Overwrite(nint hidden, nint evil)
    {
        // The call keeps all of this member's values in registers that belong to its callers, so that it has to save theirs where it finds them.
        nint here = 0;
        nint* stack = &here;
        for (int i = 0; i < 64; i++)
        {
            if (Outsider.AreInverse(stack[i], hidden))
                stack[i] = evil;
        }
    }

    private delegate ulong ReferenceReader(ref ulong reference);

    private struct Odd511
    {
        public fixed byte Bytes[511];
    }

    private struct Odd512
    {
        public fixed byte Bytes[512];
    }

    private struct Odd513
    {
        public fixed byte Bytes[513];
    }

    private struct Page
    {
        public fixed byte Bytes[4096];
    }
}
