using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace MemSentry.Attacks.Fixtures;

/// <summary>The same access in every kind of body that the compiler makes out of a member.</summary>
public static unsafe class Bodies
{
    [LoadAttack("ldind.i8")]
    public static ulong Plain(nint address) => *(ulong*)address;

    [StoreAttack("stind.i8")]
    public static void PlainStore(nint address, ulong value) => *(ulong*)address = value;

    [LoadAttack("ldind.i8")]
    public static ulong Lambda(nint address)
    {
        Func<ulong, ulong> read = p => *(ulong*)p;
        return read((ulong)address);
    }

    [LoadAttack("ldind.i8")]
    public static ulong Closure(nint address)
    {
        Func<ulong> read = () => *(ulong*)address;
        return read();
    }

    [StoreAttack("stind.i8")]
    public static void StoreInClosure(nint address, ulong value)
    {
        Action write = () => *(ulong*)address = value;
        write();
    }

    [LoadAttack("ldind.i8")]
    public static ulong LocalFunction(nint address)
    {
        return Read();
        ulong Read() => *(ulong*)address;
    }

    [LoadAttack("ldind.i8")]
    public static ulong StaticLocalFunction(nint address)
    {
        return Read(address);
        static ulong Read(nint p) => *(ulong*)p;
    }

    [LoadAttack("ldind.i8")]
    public static ulong NestedClosures(nint address)
    {
        Func<Func<ulong>> outer = () =>
        {
            nint inner = address;
            return () => *(ulong*)inner;
        };
        return outer()();
    }

    [LoadAttack("ldind.i8", NeedsThreads = true)]
    public static ulong AsyncBody(nint address) => Asynchronous.Read(address).GetAwaiter().GetResult();

    [StoreAttack("stind.i8", NeedsThreads = true)]
    public static void StoreInAsyncBody(nint address, ulong value) => Asynchronous.Write(address, value).GetAwaiter().GetResult();

    [LoadAttack("ldind.i8")]
    public static ulong Iterator(nint address)
    {
        foreach (ulong seen in Sequences.Read(address))
            return seen;
        return 0;
    }

    [StoreAttack("stind.i8")]
    public static void StoreInIterator(nint address, ulong value)
    {
        foreach (ulong _ in Sequences.Write(address, value))
        {
        }
    }

    [LoadAttack("ldind.i8", NeedsThreads = true)]
    public static ulong AsyncIterator(nint address)
    {
        IAsyncEnumerator<ulong> items = Sequences.ReadLater(address).GetAsyncEnumerator();
        return items.MoveNextAsync().AsTask().GetAwaiter().GetResult() ? items.Current : 0;
    }

    [LoadAttack("ldind.i8")]
    public static ulong SwitchExpression(nint address) => (address & 7) switch
    {
        0 => *(ulong*)address,
        1 => 1,
        _ => *(ulong*)(address + 8),
    };

    [LoadAttack("ldind.i8")]
    public static ulong Conditional(nint address) => 3 + (address != 0 ? *(ulong*)address : 0) - 3;

    [LoadAttack("ldind.i8")]
    public static ulong NullCoalescing(nint address) => (address == 0 ? null : (ulong?)*(ulong*)address) ?? 0;

    [LoadAttack("ldind.i8")]
    public static ulong DelegateInStaticField(nint address) => Held.Reader((ulong)address);
}
