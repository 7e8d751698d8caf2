using System.Runtime.CompilerServices;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Fixtures;

/// <summary>
/// What <c>scope=raw</c> does not stop. The raw store goes to ordinary memory, where it may; it replaces an object reference, and ordinary C# does the
/// rest. An array's elements start 16 bytes behind its reference, its length 8, an object's fields 8.
/// </summary>
public static unsafe class ForgedReferences
{
    [LoadAttack("stind.i ldelem.u1", NotBlockedUnder = "scope=raw", FatalOnNull = true)]
    public static ulong ArrayInTheHeap(nint address)
    {
        var holder = new Holder { Array = new byte[16] };
        nint* field = (nint*)Unsafe.AsPointer(ref holder.Array);
        nint good = *field;
        *field = address - 16;
        try
        {
            return holder.Array[5];
        }
        finally
        {
            *field = good;
        }
    }

    [StoreAttack("stind.i stelem.i1", NotBlockedUnder = "scope=raw", FatalOnNull = true)]
    public static void ArrayInTheHeapThatIsWritten(nint address, ulong value)
    {
        var holder = new Holder { Array = new byte[16] };
        nint* field = (nint*)Unsafe.AsPointer(ref holder.Array);
        nint good = *field;
        *field = address - 16;
        try
        {
            holder.Array[5] = (byte)value;
        }
        finally
        {
            *field = good;
        }
    }

    [LoadAttack("stind.i ldfld", NotBlockedUnder = "scope=raw", FatalOnNull = true)]
    public static ulong ObjectInTheHeap(nint address)
    {
        var holder = new Holder { Inner = new Holder() };
        nint* field = (nint*)Unsafe.AsPointer(ref holder.Inner);
        nint good = *field;
        *field = address - 24;
        try
        {
            return holder.Inner.Number;
        }
        finally
        {
            *field = good;
        }
    }

    private sealed class Holder
    {
        public byte[] Array;
        public Holder Inner;
        public ulong Number;
    }
}
