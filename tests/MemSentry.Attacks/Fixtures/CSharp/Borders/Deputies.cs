using System;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Fixtures;

/// <summary>
/// Whitelisted code as the attacker's deputy, in both directions. Nothing is compared inside whitelisted code, so whoever does not compare what goes
/// in, or believes what comes out, gives the secret away.
/// </summary>
public static unsafe class Deputies
{
    [EscapeAttack("call")]
    public static ulong PointerToDeputy(nint address) => Deputy.Read((ulong*)address);

    [EscapeAttack("call")]
    public static void PointerToDeputyThatWrites(nint address, ulong value) => Deputy.Write((ulong*)address, value);

    [EscapeAttack("call")]
    public static ulong NumberToDeputy(nint address) => Deputy.ReadAt(address);

    [ConversionAttack("call")]
    public static ulong ReferenceToDeputy(nint address) => Deputy.ReadReference(ref *(ulong*)address);

    [ConversionAttack("call")]
    public static void ReferenceToDeputyThatWrites(nint address, ulong value) => Deputy.WriteReference(ref *(ulong*)address, value);

    // As in Sign(data = keys, mac): the span was read out of memory that the attacker wrote.
    [ConversionAttack("call")]
    public static ulong ForgedSpanToDeputy(nint address)
    {
        nint* forged = stackalloc nint[] { address, 8 };
        return Deputy.ReadSpan(*(ReadOnlySpan<byte>*)forged);
    }

    [EscapeAttack("callvirt")]
    public static ulong PointerToDeputyThroughDelegate(nint address)
    {
        Reader reader = Deputy.Read;
        return reader((ulong*)address);
    }

    [LoadAttack("call ldind.i8")]
    public static ulong PointerFromDeputy(nint address) => *Deputy.Pointer(address);

    [LoadAttack("call ldind.i8")]
    public static ulong ReferenceFromDeputy(nint address) => Deputy.Reference(address);

    [StoreAttack("call stind.i8")]
    public static void ReferenceFromDeputyThatIsWritten(nint address, ulong value) => Deputy.Reference(address) = value;

    [ConversionAttack("call")]
    public static ulong ReferenceFromDeputyHandedOn(nint address) => Outsider.ReadReference(ref Deputy.Reference(address));

    [ConversionAttack("call ldind.u1")]
    public static ulong SpanFromDeputy(nint address) => Deputy.Span(address)[3];

    [ConversionAttack("call stind.i1")]
    public static void SpanFromDeputyThatIsWritten(nint address, ulong value) => Deputy.Span(address)[3] = (byte)value;

    [ConversionAttack("call")]
    public static ulong SpanFromDeputyHandedToFramework(nint address)
    {
        Span<byte> copy = stackalloc byte[8];
        Deputy.Span(address).CopyTo(copy);
        return copy[5];
    }

    [ConversionAttack("call")]
    public static ulong SpanFromDeputyHandedToUnwovenCode(nint address) => Outsider.Digest(Deputy.Span(address));

    [ConversionAttack("call")]
    public static ulong SpanFromDeputyHandedOn(nint address) => Sum(Deputy.Span(address));

    [ConversionAttack("call ldind.u1")]
    public static ulong SpanFromDeputySliced(nint address) => Deputy.Span(address).Slice(2)[1];

    [ConversionAttack("call ldind.u1")]
    public static ulong SpanFromDeputyEnumerated(nint address)
    {
        ulong sum = 0;
        foreach (byte part in Deputy.Span(address))
            sum = (sum * 31) + part;
        return sum;
    }

    [Accomplice]
    private static ulong Sum(ReadOnlySpan<byte> span) => span.Length < 4 ? 0UL : span[3];

    private delegate ulong Reader(ulong* pointer);

    /// <summary>The trusted code. Addresses reach it as plain numbers where only what it returns is on trial.</summary>
    private static class Deputy
    {
        [MemSentry.SafeRegionAccess]
        public static ulong Read(ulong* pointer) => *pointer;

        [MemSentry.SafeRegionAccess]
        public static void Write(ulong* pointer, ulong value) => *pointer = value;

        [MemSentry.SafeRegionAccess]
        public static ulong ReadAt(nint address) => *(ulong*)address;

        [MemSentry.SafeRegionAccess]
        public static ulong ReadReference(ref ulong reference) => reference;

        [MemSentry.SafeRegionAccess]
        public static void WriteReference(ref ulong reference, ulong value) => reference = value;

        [MemSentry.SafeRegionAccess]
        public static ulong ReadSpan(ReadOnlySpan<byte> span) => span[3];

        [MemSentry.SafeRegionAccess]
        public static ulong* Pointer(long address) => (ulong*)address;

        [MemSentry.SafeRegionAccess]
        public static ref ulong Reference(long address) => ref *(ulong*)address;

        [MemSentry.SafeRegionAccess]
        public static Span<byte> Span(long address) => address == 0 ? default : new((void*)address, 8);
    }
}
