using System;
using System.Text;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Whole spans that were read out of raw memory: no address ever becomes a reference where an opcode could be seen doing it.</summary>
public static unsafe class ForgedSpans
{
    [ConversionAttack("call")]
    public static ulong CopiedByFramework(nint address)
    {
        nint* forged = stackalloc nint[] { address, 8 };
        Span<byte> copy = stackalloc byte[8];
        Span<byte> span = *(Span<byte>*)forged;
        span.CopyTo(copy);
        return copy[5];
    }

    [ConversionAttack("call")]
    public static ulong CopiedByFrameworkInPlace(nint address)
    {
        nint* forged = stackalloc nint[] { address, 8 };
        Span<byte> copy = stackalloc byte[8];
        ((Span<byte>*)forged)->CopyTo(copy);
        return copy[5];
    }

    [ConversionAttack("call")]
    public static void FilledByFramework(nint address, ulong value)
    {
        nint* forged = stackalloc nint[] { address, 8 };
        (*(Span<byte>*)forged).Fill((byte)value);
    }

    [ConversionAttack("callvirt")]
    public static ulong DecodedByFramework(nint address)
    {
        nint* forged = stackalloc nint[] { address, 8 };
        return Outsider.Digest(Encoding.Latin1.GetString(*(ReadOnlySpan<byte>*)forged));
    }

    [ConversionAttack("call")]
    public static ulong ByReferenceToUnwovenCode(nint address)
    {
        nint* forged = stackalloc nint[] { address, 8 };
        return Outsider.ReadSpan(in *(ReadOnlySpan<byte>*)forged);
    }

    [ConversionAttack("ret")]
    public static ulong Returned(nint address)
    {
        nint* forged = stackalloc nint[] { address, 8 };
        return Outsider.Digest(SpanAt((Span<byte>*)forged));
    }

    // The variable held a good span when it was filled; a raw write changed it afterwards.
    [ConversionAttack("call")]
    public static ulong OverwrittenVariable(nint address)
    {
        Span<byte> copy = stackalloc byte[8];
        Span<byte> span = stackalloc byte[8];
        *(nint*)&span = address;
        span.CopyTo(copy);
        return copy[5];
    }

    [ConversionAttack("call ldind.u1")]
    public static ulong Indexed(nint address)
    {
        nint* forged = stackalloc nint[] { address, 8 };
        Span<byte> span = *(Span<byte>*)forged;
        return span[3];
    }

    // The range begins below the block: the start alone is harmless.
    [ConversionAttack("call", SpansBlock = true, FatalOnNull = true)]
    public static ulong AroundTheBlock(nint address)
    {
        nint* forged = stackalloc nint[] { 0x10000, int.MaxValue };
        return Outsider.ReadSpan(*(ReadOnlySpan<Outsider.Block>*)forged, address - 0x10000);
    }

    [Accomplice]
    private static Span<byte> SpanAt(Span<byte>* place) => *place;
}
