using System.Threading;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Atomic and volatile accesses through a reference that was made of an address.</summary>
public static unsafe class AtomicMembers
{
    [ConversionAttack("call", Api = "Interlocked::Add")]
    public static void Add(nint address, ulong value) => Interlocked.Add(ref *(long*)address, (long)value | 1);

    [ConversionAttack("call", Api = "Interlocked::And")]
    public static void And(nint address, ulong value) => Interlocked.And(ref *(long*)address, (long)value);

    [ConversionAttack("call", Api = "Interlocked::Or")]
    public static void Or(nint address, ulong value) => Interlocked.Or(ref *(long*)address, (long)value);

    [ConversionAttack("call", Api = "Interlocked::CompareExchange")]
    public static ulong CompareExchangeThatOnlyReads(nint address) => (ulong)Interlocked.CompareExchange(ref *(long*)address, 0, 0);

    [ConversionAttack("call", Api = "Interlocked::Exchange")]
    public static void Exchange(nint address, ulong value) => Interlocked.Exchange(ref *(long*)address, (long)value);

    [ConversionAttack("call", Api = "Interlocked::Increment")]
    public static void Increment(nint address, ulong value) => Interlocked.Increment(ref *(long*)address);

    [ConversionAttack("call", Api = "Interlocked::Decrement")]
    public static void Decrement(nint address, ulong value) => Interlocked.Decrement(ref *(long*)address);

    [ConversionAttack("call", Api = "Interlocked::Read")]
    public static ulong Read(nint address) => (ulong)Interlocked.Read(ref *(long*)address);

    [ConversionAttack("call", Api = "Volatile::Read")]
    public static ulong VolatileRead(nint address) => Volatile.Read(ref *(ulong*)address);

    [ConversionAttack("call", Api = "Volatile::Write")]
    public static void VolatileWrite(nint address, ulong value) => Volatile.Write(ref *(ulong*)address, value);

    [ConversionAttack("call", Api = "Thread::VolatileRead")]
    public static ulong ThreadVolatileRead(nint address) => Thread.VolatileRead(ref *(ulong*)address);

    [ConversionAttack("call", Api = "Thread::VolatileWrite")]
    public static void ThreadVolatileWrite(nint address, ulong value) => Thread.VolatileWrite(ref *(ulong*)address, value);
}
