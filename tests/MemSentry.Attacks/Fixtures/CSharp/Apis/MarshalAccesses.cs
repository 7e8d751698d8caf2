using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Fixtures;

/// <summary><c>Marshal.Read…</c> and <c>Write…</c>: an address as a number.</summary>
public static unsafe class MarshalAccesses
{
    [LoadAttack("call", Api = "Marshal::ReadByte(nint)")]
    public static ulong ReadByte(nint address) => Marshal.ReadByte(address);

    [LoadAttack("call", Api = "Marshal::ReadByte(nint, int)", FatalOnNull = true)]
    public static ulong ReadByteAtOffset(nint address) => Marshal.ReadByte(address - 16, 16);

    [StoreAttack("call", Api = "Marshal::WriteByte(nint, _)")]
    public static void WriteByte(nint address, ulong value) => Marshal.WriteByte(address, (byte)value);

    [StoreAttack("call", Api = "Marshal::WriteByte(nint, int, _)", FatalOnNull = true)]
    public static void WriteByteAtOffset(nint address, ulong value) => Marshal.WriteByte(address - 16, 16, (byte)value);

    [LoadAttack("call", Api = "Marshal::ReadInt16(nint)")]
    public static ulong ReadInt16(nint address) => (ulong)Marshal.ReadInt16(address);

    [LoadAttack("call", Api = "Marshal::ReadInt16(nint, int)", FatalOnNull = true)]
    public static ulong ReadInt16AtOffset(nint address) => (ulong)Marshal.ReadInt16(address - 16, 16);

    [StoreAttack("call", Api = "Marshal::WriteInt16(nint, _)")]
    public static void WriteInt16(nint address, ulong value) => Marshal.WriteInt16(address, (short)value);

    [StoreAttack("call", Api = "Marshal::WriteInt16(nint, int, _)", FatalOnNull = true)]
    public static void WriteInt16AtOffset(nint address, ulong value) => Marshal.WriteInt16(address - 16, 16, (short)value);

    [LoadAttack("call", Api = "Marshal::ReadInt32(nint)")]
    public static ulong ReadInt32(nint address) => (ulong)Marshal.ReadInt32(address);

    [LoadAttack("call", Api = "Marshal::ReadInt32(nint, int)", FatalOnNull = true)]
    public static ulong ReadInt32AtOffset(nint address) => (ulong)Marshal.ReadInt32(address - 16, 16);

    [StoreAttack("call", Api = "Marshal::WriteInt32(nint, _)")]
    public static void WriteInt32(nint address, ulong value) => Marshal.WriteInt32(address, (int)value);

    [StoreAttack("call", Api = "Marshal::WriteInt32(nint, int, _)", FatalOnNull = true)]
    public static void WriteInt32AtOffset(nint address, ulong value) => Marshal.WriteInt32(address - 16, 16, (int)value);

    [LoadAttack("call", Api = "Marshal::ReadInt64(nint)")]
    public static ulong ReadInt64(nint address) => (ulong)Marshal.ReadInt64(address);

    [LoadAttack("call", Api = "Marshal::ReadInt64(nint, int)", FatalOnNull = true)]
    public static ulong ReadInt64AtOffset(nint address) => (ulong)Marshal.ReadInt64(address - 16, 16);

    [StoreAttack("call", Api = "Marshal::WriteInt64(nint, _)")]
    public static void WriteInt64(nint address, ulong value) => Marshal.WriteInt64(address, (long)value);

    [StoreAttack("call", Api = "Marshal::WriteInt64(nint, int, _)", FatalOnNull = true)]
    public static void WriteInt64AtOffset(nint address, ulong value) => Marshal.WriteInt64(address - 16, 16, (long)value);

    [LoadAttack("call", Api = "Marshal::ReadIntPtr(nint)")]
    public static ulong ReadIntPtr(nint address) => (ulong)Marshal.ReadIntPtr(address);

    [LoadAttack("call", Api = "Marshal::ReadIntPtr(nint, int)", FatalOnNull = true)]
    public static ulong ReadIntPtrAtOffset(nint address) => (ulong)Marshal.ReadIntPtr(address - 16, 16);

    [StoreAttack("call", Api = "Marshal::WriteIntPtr(nint, _)")]
    public static void WriteIntPtr(nint address, ulong value) => Marshal.WriteIntPtr(address, (nint)value);

    [StoreAttack("call", Api = "Marshal::WriteIntPtr(nint, int, _)", FatalOnNull = true)]
    public static void WriteIntPtrAtOffset(nint address, ulong value) => Marshal.WriteIntPtr(address - 16, 16, (nint)value);
}
