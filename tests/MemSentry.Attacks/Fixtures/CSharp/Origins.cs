using System.Runtime.CompilerServices;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Places where a pointer comes from: each is an origin, none may keep an older proof alive.</summary>
public static unsafe class Origins
{
    private static byte* _static;

    [LoadAttack("ldind.i8")]
    public static ulong LocalChangedThroughItsAddress(nint address)
    {
        ulong zero = 0;
        ulong* pointer = &zero;
        ulong first = *pointer;
        ulong** alias = &pointer;
        *alias = (ulong*)address;
        return first + *pointer;
    }

    [LoadAttack("ldind.i8")]
    public static ulong LocalChangedByCallee(nint address)
    {
        ulong zero = 0;
        ulong* pointer = &zero;
        ulong first = *pointer;
        Replace(&pointer, address);
        return first + *pointer;
    }

    [LoadAttack("ldind.i8")]
    public static ulong LocalChangedByReference(nint address)
    {
        ulong zero = 0;
        ulong* pointer = &zero;
        ulong first = *pointer;
        ReplaceByReference(ref pointer, address);
        return first + *pointer;
    }

    [LoadAttack("ldind.u1")]
    public static ulong StaticField(nint address)
    {
        _static = (byte*)address;
        return *_static;
    }

    [LoadAttack("ldind.u1")]
    public static ulong InstanceField(nint address) => *new Holder { Pointer = (byte*)address }.Pointer;

    [LoadAttack("ldind.i ldind.u1")]
    public static ulong PointerToPointer(nint address)
    {
        byte* pointer = (byte*)address;
        byte** indirect = &pointer;
        return **indirect;
    }

    [LoadAttack("ldelem.i ldind.u1")]
    public static ulong ArrayOfPointers(nint address)
    {
        byte*[] pointers = [(byte*)address];
        return *pointers[0];
    }

    [LoadAttack("ldind.u1")]
    public static ulong FieldOfStructureOnTheStack(nint address)
    {
        Pair pair = new() { Good = null, Bad = (byte*)address };
        return *pair.Bad;
    }

    [LoadAttack("ldind.u1")]
    public static ulong ResultOfCall(nint address) => *Identity((byte*)address);

    [LoadAttack("ldind.u1")]
    public static ulong LongInteger(nint address) => *(byte*)(long)address;

    [LoadAttack("ldind.u1")]
    public static ulong UnsignedInteger(nint address) => *(byte*)(ulong)address;

    [LoadAttack("ldind.u1")]
    public static ulong TwoHalves(nint address)
    {
        uint high = (uint)(address >> 32);
        uint low = (uint)address;
        return *(byte*)(((ulong)high << 32) | low);
    }

    [LoadAttack("ldind.u1")]
    public static ulong Product(nint address)
    {
        uint half = (uint)(address >> 20);
        return *(byte*)((half * 1048576UL) + (ulong)(address & 0xFFFFF));
    }

    [LoadAttack("ldind.u1")]
    public static ulong FloatingPoint(nint address) => *(byte*)(ulong)(double)address;

    [LoadAttack("ldind.u1")]
    public static ulong Complement(nint address)
    {
        nint hidden = ~address;
        return *(byte*)~hidden;
    }

    [LoadAttack("ldind.i8")]
    public static ulong CheckedOnOneBranchOnly(nint address)
    {
        ulong* pointer = (ulong*)address;
        ulong zero = 0;
        if (address == 0)
            pointer = &zero;
        return *pointer;
    }

    [LoadAttack("ldind.i8")]
    public static ulong ComparisonProvesNothing(nint address)
    {
        ulong* pointer = (ulong*)address;
        return pointer != null && pointer > (ulong*)4096 ? *pointer : 0;
    }

    [LoadAttack("ldind.i8")]
    public static ulong GoodPointerThenReassigned(nint address)
    {
        ulong zero = 0;
        ulong* pointer = &zero;
        ulong sum = *pointer;
        pointer = (ulong*)address;
        sum += *pointer;
        return sum;
    }

    [LoadAttack("ldind.i8")]
    public static ulong ArgumentReassigned(nint address)
    {
        ulong zero = 0;
        return ReadTwice(&zero, (ulong*)address);
    }

    [LoadAttack("ldind.i8")]
    public static ulong ReinterpretedLocal(nint address)
    {
        nint raw = address;
        return **(ulong**)&raw;
    }

    [Accomplice, MethodImpl(MethodImplOptions.NoInlining)]
    private static void Replace(ulong** pointer, nint address) => *pointer = (ulong*)address;

    [Accomplice, MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReplaceByReference(ref ulong* pointer, nint address) => pointer = (ulong*)address;

    [Accomplice, MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* Identity(byte* pointer) => pointer;

    [Accomplice, MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong ReadTwice(ulong* first, ulong* second)
    {
        ulong sum = *first;
        first = second;
        return sum + *first;
    }

    private sealed class Holder
    {
        public byte* Pointer;
    }

    private struct Pair
    {
        public byte* Good;
        public byte* Bad;
    }
}
