using System;
using System.Runtime.InteropServices;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Spans and what <c>MemoryMarshal</c> makes of raw addresses: objects that remember a range.</summary>
public static unsafe class SpansFromPointers
{
    [ConversionAttack("call", Api = "Span`1::.ctor(void*, int)")]
    public static ulong Span(nint address) => new Span<byte>((void*)address, 8)[5];

    [ConversionAttack("call", Api = "Span`1::.ctor(void*, int)")]
    public static void SpanThatIsWritten(nint address, ulong value) => new Span<byte>((void*)address, 8)[5] = (byte)value;

    [ConversionAttack("call", Api = "ReadOnlySpan`1::.ctor(void*, int)")]
    public static ulong ReadOnlySpan(nint address) => new ReadOnlySpan<ulong>((void*)address, 8)[0];

    [ConversionAttack("call", Api = "Span`1::.ctor(ref !0)")]
    public static void SpanOfReference(nint address, ulong value) => new Span<ulong>(ref *(ulong*)address)[0] = value;

    [ConversionAttack("call", Api = "ReadOnlySpan`1::.ctor(ref !0)")]
    public static ulong ReadOnlySpanOfReference(nint address) => new ReadOnlySpan<ulong>(in *(ulong*)address)[0];

    [ConversionAttack("call", Api = "MemoryMarshal::CreateSpan(ref !!0, int)")]
    public static void CreateSpan(nint address, ulong value) => MemoryMarshal.CreateSpan(ref *(ulong*)address, 1)[0] = value;

    [ConversionAttack("call", Api = "MemoryMarshal::CreateReadOnlySpan(ref !!0, int)")]
    public static ulong CreateReadOnlySpan(nint address) => MemoryMarshal.CreateReadOnlySpan(in *(ulong*)address, 1)[0];

    [LoadAttack("call", Api = "MemoryMarshal::CreateReadOnlySpanFromNullTerminated(char*)", ReadsText = true)]
    public static ulong NullTerminatedCharacters(nint address) =>
        Outsider.Digest(MemoryMarshal.CreateReadOnlySpanFromNullTerminated((char*)address));

    [LoadAttack("call", Api = "MemoryMarshal::CreateReadOnlySpanFromNullTerminated(byte*)", ReadsText = true)]
    public static ulong NullTerminatedBytes(nint address) => Outsider.Digest(MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)address));

    [ConversionAttack("call", Api = "MemoryMarshal::TryRead(_, ref !!0)")]
    public static void TryReadInto(nint address, ulong value) => MemoryMarshal.TryRead(new ReadOnlySpan<byte>(&value, 8), out *(ulong*)address);

    [ConversionAttack("call", Api = "MemoryMarshal::TryWrite(_, ref !!0)")]
    public static ulong TryWriteFrom(nint address)
    {
        ulong copy = 0;
        return MemoryMarshal.TryWrite(new Span<byte>(&copy, 8), in *(ulong*)address) ? copy : 0;
    }

    [ConversionAttack("call", Api = "MemoryMarshal::Write(_, ref !!0)")]
    public static ulong WriteFrom(nint address)
    {
        ulong copy = 0;
        MemoryMarshal.Write(new Span<byte>(&copy, 8), in *(ulong*)address);
        return copy;
    }
}
