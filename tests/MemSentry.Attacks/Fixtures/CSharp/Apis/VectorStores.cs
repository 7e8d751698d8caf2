using System.Numerics;
using System.Runtime.Intrinsics;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Whole vectors through pointers and references.</summary>
public static unsafe class VectorStores
{
    [StoreAttack("call", Api = "Vector64::Store(_, _)")]
    public static void Vector64Store(nint address, ulong value) => Vector64.Store(Vector64.Create(value), (ulong*)address);

    [StoreAttack("call", Api = "Vector64::StoreAligned(_, _)")]
    public static void Vector64StoreAligned(nint address, ulong value) => Vector64.StoreAligned(Vector64.Create(value), (ulong*)address);

    [StoreAttack("call", Api = "Vector64::StoreAlignedNonTemporal(_, _)")]
    public static void Vector64StoreAlignedNonTemporal(nint address, ulong value) =>
        Vector64.StoreAlignedNonTemporal(Vector64.Create(value), (ulong*)address);

    [ConversionAttack("call", Api = "Vector64::StoreUnsafe(_, _)")]
    public static void Vector64StoreUnsafe(nint address, ulong value) => Vector64.StoreUnsafe(Vector64.Create(value), ref *(ulong*)address);

    [StoreAttack("call", Api = "Vector64::StoreUnsafe(_, _, nuint)")]
    public static void Vector64StoreUnsafeAtIndex(nint address, ulong value)
    {
        byte here = 0;
        Vector64.StoreUnsafe(Vector64.Create((byte)value), ref here, (nuint)(address - (nint)(&here)));
    }

    [StoreAttack("call", Api = "Vector128::Store(_, _)")]
    public static void Vector128Store(nint address, ulong value) => Vector128.Store(Vector128.Create(value), (ulong*)address);

    [StoreAttack("call", Api = "Vector128::StoreAligned(_, _)")]
    public static void Vector128StoreAligned(nint address, ulong value) => Vector128.StoreAligned(Vector128.Create(value), (ulong*)address);

    [StoreAttack("call", Api = "Vector128::StoreAlignedNonTemporal(_, _)")]
    public static void Vector128StoreAlignedNonTemporal(nint address, ulong value) =>
        Vector128.StoreAlignedNonTemporal(Vector128.Create(value), (ulong*)address);

    [ConversionAttack("call", Api = "Vector128::StoreUnsafe(_, _)")]
    public static void Vector128StoreUnsafe(nint address, ulong value) => Vector128.StoreUnsafe(Vector128.Create(value), ref *(ulong*)address);

    [StoreAttack("call", Api = "Vector128::StoreUnsafe(_, _, nuint)")]
    public static void Vector128StoreUnsafeAtIndex(nint address, ulong value)
    {
        byte here = 0;
        Vector128.StoreUnsafe(Vector128.Create((byte)value), ref here, (nuint)(address - (nint)(&here)));
    }

    [StoreAttack("call", Api = "Vector256::Store(_, _)")]
    public static void Vector256Store(nint address, ulong value) => Vector256.Store(Vector256.Create(value), (ulong*)address);

    [StoreAttack("call", Api = "Vector256::StoreAligned(_, _)")]
    public static void Vector256StoreAligned(nint address, ulong value) => Vector256.StoreAligned(Vector256.Create(value), (ulong*)address);

    [StoreAttack("call", Api = "Vector256::StoreAlignedNonTemporal(_, _)")]
    public static void Vector256StoreAlignedNonTemporal(nint address, ulong value) =>
        Vector256.StoreAlignedNonTemporal(Vector256.Create(value), (ulong*)address);

    [ConversionAttack("call", Api = "Vector256::StoreUnsafe(_, _)")]
    public static void Vector256StoreUnsafe(nint address, ulong value) => Vector256.StoreUnsafe(Vector256.Create(value), ref *(ulong*)address);

    [StoreAttack("call", Api = "Vector256::StoreUnsafe(_, _, nuint)")]
    public static void Vector256StoreUnsafeAtIndex(nint address, ulong value)
    {
        byte here = 0;
        Vector256.StoreUnsafe(Vector256.Create((byte)value), ref here, (nuint)(address - (nint)(&here)));
    }

    [StoreAttack("call", Api = "Vector512::Store(_, _)")]
    public static void Vector512Store(nint address, ulong value) => Vector512.Store(Vector512.Create(value), (ulong*)address);

    [StoreAttack("call", Api = "Vector512::StoreAligned(_, _)")]
    public static void Vector512StoreAligned(nint address, ulong value) => Vector512.StoreAligned(Vector512.Create(value), (ulong*)address);

    [StoreAttack("call", Api = "Vector512::StoreAlignedNonTemporal(_, _)")]
    public static void Vector512StoreAlignedNonTemporal(nint address, ulong value) =>
        Vector512.StoreAlignedNonTemporal(Vector512.Create(value), (ulong*)address);

    [ConversionAttack("call", Api = "Vector512::StoreUnsafe(_, _)")]
    public static void Vector512StoreUnsafe(nint address, ulong value) => Vector512.StoreUnsafe(Vector512.Create(value), ref *(ulong*)address);

    [StoreAttack("call", Api = "Vector512::StoreUnsafe(_, _, nuint)")]
    public static void Vector512StoreUnsafeAtIndex(nint address, ulong value)
    {
        byte here = 0;
        Vector512.StoreUnsafe(Vector512.Create((byte)value), ref here, (nuint)(address - (nint)(&here)));
    }

    [StoreAttack("call", Api = "Vector::Store(_, _)")]
    public static void VectorStore(nint address, ulong value) => Vector.Store(new Vector<ulong>(value), (ulong*)address);

    [StoreAttack("call", Api = "Vector::StoreAligned(_, _)")]
    public static void VectorStoreAligned(nint address, ulong value) => Vector.StoreAligned(new Vector<ulong>(value), (ulong*)address);

    [StoreAttack("call", Api = "Vector::StoreAlignedNonTemporal(_, _)")]
    public static void VectorStoreAlignedNonTemporal(nint address, ulong value) =>
        Vector.StoreAlignedNonTemporal(new Vector<ulong>(value), (ulong*)address);

    [ConversionAttack("call", Api = "Vector::StoreUnsafe(_, _)")]
    public static void VectorStoreUnsafe(nint address, ulong value) => Vector.StoreUnsafe(new Vector<ulong>(value), ref *(ulong*)address);

    [StoreAttack("call", Api = "Vector::StoreUnsafe(_, _, nuint)")]
    public static void VectorStoreUnsafeAtIndex(nint address, ulong value)
    {
        byte here = 0;
        Vector.StoreUnsafe(new Vector<byte>((byte)value), ref here, (nuint)(address - (nint)(&here)));
    }
}
