using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MemSentry.Attacks.Fixtures;

/// <summary>x86-64 instructions that access memory, one for each row of the table.</summary>
public static unsafe class ProcessorIntrinsics
{
    [LoadAttack("call", Api = "X86.*::GatherVector*(_, _, byte)")]
    public static ulong Gather(nint address) => Avx2.GatherVector128((ulong*)(address - 8), Vector128.Create(1), 8)[0];

    [LoadAttack("call", Api = "X86.*::GatherMaskVector*(_, _, _, _, byte)")]
    public static ulong GatherMask(nint address) =>
        Avx2.GatherMaskVector128(Vector128<ulong>.Zero, (ulong*)(address - 8), Vector128.Create(1), Vector128<ulong>.AllBitsSet, 8)[0];

    [LoadAttack("call", Api = "X86.*::MaskLoad*")]
    public static ulong MaskLoad(nint address) => Avx2.MaskLoad((ulong*)address, Vector128<ulong>.AllBitsSet)[0];

    [StoreAttack("call", Api = "X86.*::MaskStore*")]
    public static void MaskStore(nint address, ulong value) => Avx2.MaskStore((ulong*)address, Vector128<ulong>.AllBitsSet, Vector128.Create(value));

    [StoreAttack("call", Api = "X86.*::MaskMove*")]
    public static void MaskMove(nint address, ulong value) =>
        Sse2.MaskMove(Vector128.Create(value).AsByte(), Vector128<byte>.AllBitsSet, (byte*)address);

    [LoadAttack("call", Api = "X86.*::LoadScalarVector128")]
    public static ulong LoadScalar(nint address) => Sse2.LoadScalarVector128((ulong*)address)[0];

    [LoadAttack("call", Api = "X86.*::LoadAndDuplicateToVector128")]
    public static ulong LoadAndDuplicate(nint address) => Sse3.LoadAndDuplicateToVector128((double*)address).AsUInt64()[1];

    [LoadAttack("call", Api = "X86.*::LoadLow")]
    public static ulong LoadLow(nint address) => Sse2.LoadLow(Vector128<double>.Zero, (double*)address).AsUInt64()[0];

    [LoadAttack("call", Api = "X86.*::LoadHigh")]
    public static ulong LoadHigh(nint address) => Sse2.LoadHigh(Vector128<double>.Zero, (double*)address).AsUInt64()[1];

    [LoadAttack("call", Api = "X86.*::LoadVector*")]
    public static ulong LoadVector(nint address) => Avx.LoadVector256((ulong*)address)[3];

    [LoadAttack("call", Api = "X86.*::LoadDquVector*")]
    public static ulong LoadDqu(nint address) => Sse3.LoadDquVector128((ulong*)address)[1];

    [LoadAttack("call", Api = "X86.*::LoadAlignedVector*")]
    public static ulong LoadAligned(nint address) => Avx2.LoadAlignedVector256NonTemporal((ulong*)address)[0];

    [LoadAttack("call", Api = "X86.*::BroadcastScalarTo*")]
    public static ulong BroadcastScalar(nint address) => Avx2.BroadcastScalarToVector256((ulong*)address)[2];

    [LoadAttack("call", Api = "X86.*::BroadcastVector128To*")]
    public static ulong BroadcastVector128(nint address) => Avx2.BroadcastVector128ToVector256((ulong*)address)[3];

    [LoadAttack("call", Api = "X86.*::ConvertToVector*")]
    public static ulong ConvertToVector(nint address) => Sse41.ConvertToVector128Int16((byte*)address).AsUInt64()[0];

    [StoreAttack("call", Api = "X86.*::StoreScalar")]
    public static void StoreScalar(nint address, ulong value) => Sse2.StoreScalar((ulong*)address, Vector128.Create(value));

    [StoreAttack("call", Api = "X86.*::StoreLow")]
    public static void StoreLow(nint address, ulong value) => Sse2.StoreLow((double*)address, Vector128.Create(value).AsDouble());

    [StoreAttack("call", Api = "X86.*::StoreHigh")]
    public static void StoreHigh(nint address, ulong value) => Sse2.StoreHigh((double*)address, Vector128.Create(value).AsDouble());

    [StoreAttack("call", Api = "X86.*::StoreNonTemporal")]
    public static void StoreNonTemporal(nint address, ulong value) => Sse2.X64.StoreNonTemporal((ulong*)address, value);

    [StoreAttack("call", Api = "X86.*::StoreAligned*")]
    public static void StoreAligned(nint address, ulong value) => Sse2.StoreAligned((ulong*)address, Vector128.Create(value));

    [StoreAttack("call", Api = "X86.*::Store")]
    public static void Store(nint address, ulong value) => Avx.Store((ulong*)address, Vector256.Create(value));

    [StoreAttack("call", Api = "X86.*::MultiplyNoFlags(_, _, _)")]
    public static void MultiplyNoFlags(nint address, ulong value) => Bmi2.X64.MultiplyNoFlags(value, ulong.MaxValue, (ulong*)address);
}
