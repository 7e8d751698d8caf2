using System;
using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Copies and fills with lengths of 64 bits.</summary>
public static unsafe class NativeMemoryMembers
{
    [LoadAttack("call", Api = "NativeMemory::Copy(void*, void*, nuint)")]
    public static ulong CopySource(nint address)
    {
        ulong copy = 0;
        NativeMemory.Copy((void*)address, &copy, sizeof(ulong));
        return copy;
    }

    [StoreAttack("call", Api = "NativeMemory::Copy(void*, void*, nuint)")]
    public static void CopyDestination(nint address, ulong value) => NativeMemory.Copy(&value, (void*)address, sizeof(ulong));

    [StoreAttack("call", Api = "NativeMemory::Clear(void*, nuint)")]
    public static void Clear(nint address, ulong value) => NativeMemory.Clear((void*)address, sizeof(ulong));

    [StoreAttack("call", Api = "NativeMemory::Fill(void*, nuint, byte)")]
    public static void Fill(nint address, ulong value) => NativeMemory.Fill((void*)address, 5, (byte)value);

    [LoadAttack("call", Api = "Buffer::MemoryCopy(void*, void*, _, _)")]
    public static ulong MemoryCopySource(nint address)
    {
        ulong copy = 0;
        Buffer.MemoryCopy((void*)address, &copy, 8L, 8L);
        return copy;
    }

    [StoreAttack("call", Api = "Buffer::MemoryCopy(void*, void*, _, _)")]
    public static void MemoryCopyDestination(nint address, ulong value) => Buffer.MemoryCopy(&value, (void*)address, 8UL, 8UL);
}
