using System;
using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Fixtures;

/// <summary><c>Marshal.Copy</c> in both directions.</summary>
public static unsafe class MarshalCopies
{
    [LoadAttack("call", Api = "Marshal::Copy(nint, byte[], int, int)")]
    public static ulong BytesFrom(nint address)
    {
        var copy = new byte[1];
        Marshal.Copy(address, copy, 0, 1);
        return copy[0];
    }

    [StoreAttack("call", Api = "Marshal::Copy(byte[], int, nint, int)")]
    public static void BytesTo(nint address, ulong value) => Marshal.Copy(new byte[] { (byte)value }, 0, address, 1);

    [LoadAttack("call", Api = "Marshal::Copy(nint, char[], int, int)")]
    public static ulong CharactersFrom(nint address)
    {
        var copy = new char[1];
        Marshal.Copy(address, copy, 0, 1);
        return copy[0];
    }

    [StoreAttack("call", Api = "Marshal::Copy(char[], int, nint, int)")]
    public static void CharactersTo(nint address, ulong value) => Marshal.Copy(new char[] { (char)value }, 0, address, 1);

    [LoadAttack("call", Api = "Marshal::Copy(nint, short[], int, int)")]
    public static ulong Int16From(nint address)
    {
        var copy = new short[1];
        Marshal.Copy(address, copy, 0, 1);
        return (ulong)copy[0];
    }

    [StoreAttack("call", Api = "Marshal::Copy(short[], int, nint, int)")]
    public static void Int16To(nint address, ulong value) => Marshal.Copy(new short[] { (short)value }, 0, address, 1);

    [LoadAttack("call", Api = "Marshal::Copy(nint, int[], int, int)")]
    public static ulong Int32From(nint address)
    {
        var copy = new int[1];
        Marshal.Copy(address, copy, 0, 1);
        return (ulong)copy[0];
    }

    [StoreAttack("call", Api = "Marshal::Copy(int[], int, nint, int)")]
    public static void Int32To(nint address, ulong value) => Marshal.Copy(new int[] { (int)value }, 0, address, 1);

    [LoadAttack("call", Api = "Marshal::Copy(nint, float[], int, int)")]
    public static ulong SingleFrom(nint address)
    {
        var copy = new float[1];
        Marshal.Copy(address, copy, 0, 1);
        return BitConverter.SingleToUInt32Bits(copy[0]);
    }

    [StoreAttack("call", Api = "Marshal::Copy(float[], int, nint, int)")]
    public static void SingleTo(nint address, ulong value) =>
        Marshal.Copy(new float[] { BitConverter.UInt32BitsToSingle((uint)value) }, 0, address, 1);

    [LoadAttack("call", Api = "Marshal::Copy(nint, long[], int, int)")]
    public static ulong Int64From(nint address)
    {
        var copy = new long[1];
        Marshal.Copy(address, copy, 0, 1);
        return (ulong)copy[0];
    }

    [StoreAttack("call", Api = "Marshal::Copy(long[], int, nint, int)")]
    public static void Int64To(nint address, ulong value) => Marshal.Copy(new long[] { (long)value }, 0, address, 1);

    [LoadAttack("call", Api = "Marshal::Copy(nint, double[], int, int)")]
    public static ulong DoubleFrom(nint address)
    {
        var copy = new double[1];
        Marshal.Copy(address, copy, 0, 1);
        return BitConverter.DoubleToUInt64Bits(copy[0]);
    }

    [StoreAttack("call", Api = "Marshal::Copy(double[], int, nint, int)")]
    public static void DoubleTo(nint address, ulong value) => Marshal.Copy(new double[] { BitConverter.UInt64BitsToDouble(value) }, 0, address, 1);

    [LoadAttack("call", Api = "Marshal::Copy(nint, nint[], int, int)")]
    public static ulong IntPtrFrom(nint address)
    {
        var copy = new nint[1];
        Marshal.Copy(address, copy, 0, 1);
        return (ulong)copy[0];
    }

    [StoreAttack("call", Api = "Marshal::Copy(nint[], int, nint, int)")]
    public static void IntPtrTo(nint address, ulong value) => Marshal.Copy(new nint[] { (nint)value }, 0, address, 1);
}
