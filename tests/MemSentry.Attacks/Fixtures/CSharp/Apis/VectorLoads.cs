using System.Numerics;
using System.Runtime.Intrinsics;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Whole vectors through pointers and references.</summary>
public static unsafe class VectorLoads
{
    [LoadAttack("call", Api = "Vector64::Load(_)")]
    public static ulong Vector64Load(nint address) => Vector64.Load((ulong*)address)[0];

    [LoadAttack("call", Api = "Vector64::LoadAligned(_)")]
    public static ulong Vector64LoadAligned(nint address) => Vector64.LoadAligned((ulong*)address)[0];

    [LoadAttack("call", Api = "Vector64::LoadAlignedNonTemporal(_)")]
    public static ulong Vector64LoadAlignedNonTemporal(nint address) => Vector64.LoadAlignedNonTemporal((ulong*)address)[0];

    [ConversionAttack("call", Api = "Vector64::LoadUnsafe(_)")]
    public static ulong Vector64LoadUnsafe(nint address) => Vector64.LoadUnsafe(ref *(ulong*)address)[0];

    [LoadAttack("call", Api = "Vector64::LoadUnsafe(_, nuint)")]
    public static ulong Vector64LoadUnsafeAtIndex(nint address)
    {
        // The reference is good; the 64-bit index leads from it to the secret.
        byte here = 0;
        return Vector64.LoadUnsafe(ref here, (nuint)(address - (nint)(&here)))[0];
    }

    [LoadAttack("call", Api = "Vector128::Load(_)")]
    public static ulong Vector128Load(nint address) => Vector128.Load((ulong*)address)[0];

    [LoadAttack("call", Api = "Vector128::LoadAligned(_)")]
    public static ulong Vector128LoadAligned(nint address) => Vector128.LoadAligned((ulong*)address)[0];

    [LoadAttack("call", Api = "Vector128::LoadAlignedNonTemporal(_)")]
    public static ulong Vector128LoadAlignedNonTemporal(nint address) => Vector128.LoadAlignedNonTemporal((ulong*)address)[0];

    [ConversionAttack("call", Api = "Vector128::LoadUnsafe(_)")]
    public static ulong Vector128LoadUnsafe(nint address) => Vector128.LoadUnsafe(ref *(ulong*)address)[0];

    [LoadAttack("call", Api = "Vector128::LoadUnsafe(_, nuint)")]
    public static ulong Vector128LoadUnsafeAtIndex(nint address)
    {
        // The reference is good; the 64-bit index leads from it to the secret.
        byte here = 0;
        return Vector128.LoadUnsafe(ref here, (nuint)(address - (nint)(&here)))[0];
    }

    [LoadAttack("call", Api = "Vector256::Load(_)")]
    public static ulong Vector256Load(nint address) => Vector256.Load((ulong*)address)[0];

    [LoadAttack("call", Api = "Vector256::LoadAligned(_)")]
    public static ulong Vector256LoadAligned(nint address) => Vector256.LoadAligned((ulong*)address)[0];

    [LoadAttack("call", Api = "Vector256::LoadAlignedNonTemporal(_)")]
    public static ulong Vector256LoadAlignedNonTemporal(nint address) => Vector256.LoadAlignedNonTemporal((ulong*)address)[0];

    [ConversionAttack("call", Api = "Vector256::LoadUnsafe(_)")]
    public static ulong Vector256LoadUnsafe(nint address) => Vector256.LoadUnsafe(ref *(ulong*)address)[0];

    [LoadAttack("call", Api = "Vector256::LoadUnsafe(_, nuint)")]
    public static ulong Vector256LoadUnsafeAtIndex(nint address)
    {
        // The reference is good; the 64-bit index leads from it to the secret.
        byte here = 0;
        return Vector256.LoadUnsafe(ref here, (nuint)(address - (nint)(&here)))[0];
    }

    [LoadAttack("call", Api = "Vector512::Load(_)")]
    public static ulong Vector512Load(nint address) => Vector512.Load((ulong*)address)[0];

    [LoadAttack("call", Api = "Vector512::LoadAligned(_)")]
    public static ulong Vector512LoadAligned(nint address) => Vector512.LoadAligned((ulong*)address)[0];

    [LoadAttack("call", Api = "Vector512::LoadAlignedNonTemporal(_)")]
    public static ulong Vector512LoadAlignedNonTemporal(nint address) => Vector512.LoadAlignedNonTemporal((ulong*)address)[0];

    [ConversionAttack("call", Api = "Vector512::LoadUnsafe(_)")]
    public static ulong Vector512LoadUnsafe(nint address) => Vector512.LoadUnsafe(ref *(ulong*)address)[0];

    [LoadAttack("call", Api = "Vector512::LoadUnsafe(_, nuint)")]
    public static ulong Vector512LoadUnsafeAtIndex(nint address)
    {
        // The reference is good; the 64-bit index leads from it to the secret.
        byte here = 0;
        return Vector512.LoadUnsafe(ref here, (nuint)(address - (nint)(&here)))[0];
    }

    [LoadAttack("call", Api = "Vector::Load(_)")]
    public static ulong VectorLoad(nint address) => Vector.Load((ulong*)address)[0];

    [LoadAttack("call", Api = "Vector::LoadAligned(_)")]
    public static ulong VectorLoadAligned(nint address) => Vector.LoadAligned((ulong*)address)[0];

    [LoadAttack("call", Api = "Vector::LoadAlignedNonTemporal(_)")]
    public static ulong VectorLoadAlignedNonTemporal(nint address) => Vector.LoadAlignedNonTemporal((ulong*)address)[0];

    [ConversionAttack("call", Api = "Vector::LoadUnsafe(_)")]
    public static ulong VectorLoadUnsafe(nint address) => Vector.LoadUnsafe(ref *(ulong*)address)[0];

    [LoadAttack("call", Api = "Vector::LoadUnsafe(_, nuint)")]
    public static ulong VectorLoadUnsafeAtIndex(nint address)
    {
        // The reference is good; the 64-bit index leads from it to the secret.
        byte here = 0;
        return Vector.LoadUnsafe(ref here, (nuint)(address - (nint)(&here)))[0];
    }

    [LoadAttack("call", Api = "Vector2::Load(_)")]
    public static ulong Vector2Load(nint address) => System.BitConverter.SingleToUInt32Bits(Vector2.Load((float*)address).X);

    [LoadAttack("call", Api = "Vector2::LoadAligned(_)")]
    public static ulong Vector2LoadAligned(nint address) => System.BitConverter.SingleToUInt32Bits(Vector2.LoadAligned((float*)address).X);

    [LoadAttack("call", Api = "Vector2::LoadAlignedNonTemporal(_)")]
    public static ulong Vector2LoadAlignedNonTemporal(nint address) =>
        System.BitConverter.SingleToUInt32Bits(Vector2.LoadAlignedNonTemporal((float*)address).X);

    [ConversionAttack("call", Api = "Vector2::LoadUnsafe(_)")]
    public static ulong Vector2LoadUnsafe(nint address) => System.BitConverter.SingleToUInt32Bits(Vector2.LoadUnsafe(ref *(float*)address).X);

    [LoadAttack("call", Api = "Vector2::LoadUnsafe(_, nuint)")]
    public static ulong Vector2LoadUnsafeAtIndex(nint address)
    {
        float here = 0;
        return System.BitConverter.SingleToUInt32Bits(Vector2.LoadUnsafe(ref here, (nuint)((address - (nint)(&here)) / sizeof(float))).X);
    }

    [LoadAttack("call", Api = "Vector3::Load(_)")]
    public static ulong Vector3Load(nint address) => System.BitConverter.SingleToUInt32Bits(Vector3.Load((float*)address).X);

    [LoadAttack("call", Api = "Vector3::LoadAligned(_)")]
    public static ulong Vector3LoadAligned(nint address) => System.BitConverter.SingleToUInt32Bits(Vector3.LoadAligned((float*)address).X);

    [LoadAttack("call", Api = "Vector3::LoadAlignedNonTemporal(_)")]
    public static ulong Vector3LoadAlignedNonTemporal(nint address) =>
        System.BitConverter.SingleToUInt32Bits(Vector3.LoadAlignedNonTemporal((float*)address).X);

    [ConversionAttack("call", Api = "Vector3::LoadUnsafe(_)")]
    public static ulong Vector3LoadUnsafe(nint address) => System.BitConverter.SingleToUInt32Bits(Vector3.LoadUnsafe(ref *(float*)address).X);

    [LoadAttack("call", Api = "Vector3::LoadUnsafe(_, nuint)")]
    public static ulong Vector3LoadUnsafeAtIndex(nint address)
    {
        float here = 0;
        return System.BitConverter.SingleToUInt32Bits(Vector3.LoadUnsafe(ref here, (nuint)((address - (nint)(&here)) / sizeof(float))).X);
    }

    [LoadAttack("call", Api = "Vector4::Load(_)")]
    public static ulong Vector4Load(nint address) => System.BitConverter.SingleToUInt32Bits(Vector4.Load((float*)address).X);

    [LoadAttack("call", Api = "Vector4::LoadAligned(_)")]
    public static ulong Vector4LoadAligned(nint address) => System.BitConverter.SingleToUInt32Bits(Vector4.LoadAligned((float*)address).X);

    [LoadAttack("call", Api = "Vector4::LoadAlignedNonTemporal(_)")]
    public static ulong Vector4LoadAlignedNonTemporal(nint address) =>
        System.BitConverter.SingleToUInt32Bits(Vector4.LoadAlignedNonTemporal((float*)address).X);

    [ConversionAttack("call", Api = "Vector4::LoadUnsafe(_)")]
    public static ulong Vector4LoadUnsafe(nint address) => System.BitConverter.SingleToUInt32Bits(Vector4.LoadUnsafe(ref *(float*)address).X);

    [LoadAttack("call", Api = "Vector4::LoadUnsafe(_, nuint)")]
    public static ulong Vector4LoadUnsafeAtIndex(nint address)
    {
        float here = 0;
        return System.BitConverter.SingleToUInt32Bits(Vector4.LoadUnsafe(ref here, (nuint)((address - (nint)(&here)) / sizeof(float))).X);
    }
}
