using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Fixtures;

/// <summary>
/// The region itself hands out what leads into it. In code that is not whitelisted that is an origin like any other: who believes it because the runtime
/// gave it away protects nothing but the members with wild pointers.
/// </summary>
public static unsafe class Regions
{
    [ConversionAttack("callvirt ldind.u1")]
    public static ulong Span(nint address)
    {
        Span<byte> span = Secrets.IsIn(address) ? Secrets.Region.Span.Slice(Secrets.OffsetOf(address)) : Good(address);
        return span.Length == 0 ? 0UL : span[3];
    }

    [ConversionAttack("callvirt stind.i1")]
    public static void SpanThatIsWritten(nint address, ulong value)
    {
        Span<byte> span = Secrets.IsIn(address) ? Secrets.Region.Span.Slice(Secrets.OffsetOf(address)) : Good(address);
        if (span.Length > 3)
            span[3] = (byte)value;
    }

    [ConversionAttack("callvirt call")]
    public static ulong SpanHandedToFramework(nint address)
    {
        Span<byte> copy = stackalloc byte[8];
        if (Secrets.IsIn(address))
            Secrets.Region.Span.Slice(Secrets.OffsetOf(address), 8).CopyTo(copy);
        else
            Good(address).CopyTo(copy);
        return copy[5];
    }

    [ConversionAttack("callvirt call")]
    public static ulong TypedSpanHandedToFramework(nint address)
    {
        ulong* copy = stackalloc ulong[1];
        Span<ulong> target = new(copy, 1);
        if (Secrets.IsIn(address))
            Secrets.Region.AsSpan<ulong>().Slice(Secrets.OffsetOf(address) / 8, 1).CopyTo(target);
        else
            MemoryMarshal.Cast<byte, ulong>(Good(address)).CopyTo(target);
        return *copy;
    }

    [ConversionAttack("callvirt ldind.i8")]
    public static ulong Reference(nint address)
    {
        ref ulong reference = ref *(ulong*)address;
        if (Secrets.IsIn(address))
            reference = ref Unsafe.AddByteOffset(ref Secrets.Region.GetReference<ulong>(), Secrets.OffsetOf(address));
        return reference;
    }

    [ConversionAttack("callvirt call")]
    public static ulong ReferenceHandedOn(nint address)
    {
        ref ulong reference = ref *(ulong*)address;
        if (Secrets.IsIn(address))
            reference = ref Unsafe.AddByteOffset(ref Secrets.Region.GetReference<ulong>(), Secrets.OffsetOf(address));
        return Outsider.ReadReference(ref reference);
    }

    [LoadAttack("callvirt ldind.u1")]
    public static ulong Pointer(nint address)
    {
        byte* pointer = (byte*)Secrets.Region.Pointer;
        return pointer[address - (nint)pointer];
    }

    private static Span<byte> Good(nint address) => address == 0 ? default : new((void*)address, 8);
}
