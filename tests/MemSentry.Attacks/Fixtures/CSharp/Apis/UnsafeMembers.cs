using System.Runtime.CompilerServices;

namespace MemSentry.Attacks.Fixtures;

/// <summary><c>Unsafe</c>: accesses, block operations, references from nowhere.</summary>
public static unsafe class UnsafeMembers
{
    [LoadAttack("call", Api = "Unsafe::Read(void*)")]
    public static ulong Read(nint address) => Unsafe.Read<ulong>((void*)address);

    [LoadAttack("call", Api = "Unsafe::ReadUnaligned(_)")]
    public static ulong ReadUnaligned(nint address) => Unsafe.ReadUnaligned<ulong>((void*)address);

    [ConversionAttack("call", Api = "Unsafe::ReadUnaligned(_)")]
    public static ulong ReadUnalignedByReference(nint address) => Unsafe.ReadUnaligned<ulong>(ref *(byte*)address);

    [StoreAttack("call", Api = "Unsafe::Write(void*, !!0)")]
    public static void Write(nint address, ulong value) => Unsafe.Write((void*)address, value);

    [StoreAttack("call", Api = "Unsafe::WriteUnaligned(_, !!0)")]
    public static void WriteUnaligned(nint address, ulong value) => Unsafe.WriteUnaligned((void*)address, value);

    [ConversionAttack("call", Api = "Unsafe::WriteUnaligned(_, !!0)")]
    public static void WriteUnalignedByReference(nint address, ulong value) => Unsafe.WriteUnaligned(ref *(byte*)address, value);

    [StoreAttack("call", Api = "Unsafe::Copy(_, _)")]
    public static void CopyTo(nint address, ulong value) => Unsafe.Copy((void*)address, ref value);

    [LoadAttack("call", Api = "Unsafe::Copy(_, _)")]
    public static ulong CopyFrom(nint address)
    {
        ulong copy = 0;
        Unsafe.Copy(ref copy, (void*)address);
        return copy;
    }

    [StoreAttack("call", Api = "Unsafe::CopyBlock(_, _, uint)")]
    public static void CopyBlockDestination(nint address, ulong value) => Unsafe.CopyBlock((void*)address, &value, sizeof(ulong));

    [LoadAttack("call", Api = "Unsafe::CopyBlock(_, _, uint)")]
    public static ulong CopyBlockSource(nint address)
    {
        ulong copy = 0;
        Unsafe.CopyBlock(&copy, (void*)address, sizeof(ulong));
        return copy;
    }

    [ConversionAttack("call", Api = "Unsafe::CopyBlock(_, _, uint)")]
    public static ulong CopyBlockSourceByReference(nint address)
    {
        byte copy = 0;
        Unsafe.CopyBlock(ref copy, ref *(byte*)address, 1);
        return copy;
    }

    [StoreAttack("call", Api = "Unsafe::InitBlock(_, byte, uint)")]
    public static void InitBlock(nint address, ulong value) => Unsafe.InitBlock((void*)address, (byte)value, 7);

    [StoreAttack("call", Api = "Unsafe::CopyBlockUnaligned(_, _, uint)")]
    public static void CopyBlockUnalignedDestination(nint address, ulong value) => Unsafe.CopyBlockUnaligned((void*)address, &value, sizeof(ulong));

    [LoadAttack("call", Api = "Unsafe::CopyBlockUnaligned(_, _, uint)")]
    public static ulong CopyBlockUnalignedSource(nint address)
    {
        ulong copy = 0;
        Unsafe.CopyBlockUnaligned(&copy, (void*)address, sizeof(ulong));
        return copy;
    }

    [ConversionAttack("call", Api = "Unsafe::CopyBlockUnaligned(_, _, uint)")]
    public static ulong CopyBlockUnalignedSourceByReference(nint address)
    {
        byte copy = 0;
        Unsafe.CopyBlockUnaligned(ref copy, ref *(byte*)address, 1);
        return copy;
    }

    [StoreAttack("call", Api = "Unsafe::InitBlockUnaligned(_, byte, uint)")]
    public static void InitBlockUnaligned(nint address, ulong value) => Unsafe.InitBlockUnaligned((void*)address, (byte)value, 7);

    [ConversionAttack("call", Api = "Unsafe::As(ref !!0)")]
    public static ulong As(nint address) => (ulong)Unsafe.As<ulong, long>(ref *(ulong*)address);

    [ConversionAttack("call ldind.i8", Api = "Unsafe::AsRef(void*)")]
    public static ulong AsRef(nint address) => Unsafe.AsRef<ulong>((void*)address);

    [EscapeAttack("call ldind.i8")]
    public static ulong AddToPointer(nint address) => *(ulong*)Unsafe.Add<ulong>((void*)(address - 24), 3);

    [EscapeAttack("call ldind.i8")]
    public static ulong SubtractFromPointer(nint address) => *(ulong*)Unsafe.Subtract<ulong>((void*)(address + 24), 3);

    // A good reference and a distance of 64 bits: a naive contract believes the sum because it believes the reference.
    [LoadAttack("call ldind.u1")]
    public static ulong AddToReference(nint address)
    {
        byte here = 0;
        return Unsafe.Add(ref here, address - (nint)(&here));
    }

    [LoadAttack("call ldind.u1")]
    public static ulong AddByteOffset(nint address)
    {
        byte here = 0;
        return Unsafe.AddByteOffset(ref here, address - (nint)(&here));
    }

    [LoadAttack("call ldind.u1")]
    public static ulong SubtractByteOffset(nint address)
    {
        byte here = 0;
        return Unsafe.SubtractByteOffset(ref here, (nint)(&here) - address);
    }

    [StoreAttack("call stind.i1")]
    public static void StoreBehindReference(nint address, ulong value)
    {
        byte here = 0;
        Unsafe.Add(ref here, address - (nint)(&here)) = (byte)value;
    }

    [LoadAttack("call ldind.i8")]
    public static ulong BitCast(nint address) => *Unsafe.BitCast<nint, Wrapper>(address).Pointer;

    private struct Wrapper
    {
        public ulong* Pointer;
    }
}
