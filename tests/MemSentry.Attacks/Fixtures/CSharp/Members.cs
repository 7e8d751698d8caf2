using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Kinds of members: properties, operators, constructors, generics, interfaces, ref structs.</summary>
public static unsafe class Members
{
    [LoadAttack("ldind.i8")]
    public static ulong Property(nint address) => new Peeker(address).Value;

    [StoreAttack("stind.i8")]
    public static void PropertySetter(nint address, ulong value) => new Peeker(address).Value = value;

    [LoadAttack("ldind.i8")]
    public static ulong Indexer(nint address) => new Peeker(address)[0];

    [LoadAttack("ldind.i8")]
    public static ulong Operator(nint address) => +new Peeker(address);

    [LoadAttack("ldind.i8")]
    public static ulong Constructor(nint address) => new Copier(address).Seen;

    [LoadAttack("ldind.i8")]
    public static ulong BaseConstructor(nint address) => new DerivedCopier(address).Seen;

    [LoadAttack("ldind.i8")]
    public static ulong DefaultInterfaceMember(nint address) => ((IPeeking)new Peeking()).Peek((ulong)address);

    [LoadAttack("ldind.i8")]
    public static ulong StaticAbstractMember(nint address) => PeekBy<Static>(address);

    [LoadAttack("ldobj")]
    public static ulong GenericMember(nint address) => Get<ulong>(address);

    [LoadAttack("ldobj")]
    public static ulong GenericType(nint address) => Generic<ulong>.Get(address);

    [LoadAttack("ldind.i8")]
    public static ulong SharedGenericMember(nint address) => GetShared<string>(address);

    [StoreAttack("stobj")]
    public static void GenericStore(nint address, ulong value) => Set(address, value);

    [LoadAttack("ldfld")]
    public static ulong FieldOfGenericStructure(nint address) => ((Tagged<ulong>*)address)->Item;

    [LoadAttack("ldobj")]
    public static ulong WholeStructure(nint address)
    {
        Triple triple = *(Triple*)address;
        return triple.A ^ triple.B ^ triple.C;
    }

    [StoreAttack("stobj")]
    public static void StoreOfWholeStructure(nint address, ulong value) => *(Triple*)address = new Triple { A = value, B = value, C = value };

    [StoreAttack("initobj")]
    public static void Clear(nint address, ulong value) => *(Triple*)address = default;

    [ConversionAttack("ret")]
    public static ulong RefReturn(nint address) => At(address);

    [ConversionAttack("call")]
    public static ulong RefLocal(nint address)
    {
        ref ulong here = ref *(ulong*)address;
        return Read(ref here);
    }

    [ConversionAttack("call")]
    public static ulong RefArgument(nint address) => Read(ref *(ulong*)address);

    [ConversionAttack("call")]
    public static void OutArgument(nint address, ulong value) => Write(out *(ulong*)address, value);

    [ConversionAttack("call")]
    public static ulong InArgument(nint address) => ReadOnly(in *(ulong*)address);

    [ConversionAttack("call")]
    public static ulong InstanceCallThroughPointer(nint address) => ((Triple*)address)->Sum();

    [ConversionAttack("constrained. callvirt")]
    public static ulong VirtualCallThroughPointer(nint address) => (uint)((Triple*)address)->GetHashCode();

    [ConversionAttack("stfld")]
    public static ulong RefField(nint address)
    {
        RefHolder holder = new(ref *(ulong*)address);
        return holder.Value;
    }

    [LoadAttack("ldflda ldind.u1")]
    public static ulong FixedBufferThroughPointer(nint address) => ((Buffered*)address)->Bytes[3];

    [StoreAttack("stind.i1")]
    public static void StoreInFixedBufferThroughPointer(nint address, ulong value) => ((Buffered*)address)->Bytes[3] = (byte)value;

    [LoadAttack("ldfld")]
    public static ulong ExplicitLayout(nint address) => ((Union*)address)->Whole;

    [LoadAttack("ldind.i8")]
    public static ulong CompoundAssignment(nint address)
    {
        ulong sum = 1;
        sum += *(ulong*)address;
        return sum;
    }

    [Accomplice]
    private static ulong PeekBy<T>(nint address)
        where T : IPeekingStatically => T.Peek((ulong)address);

    [Accomplice]
    private static T Get<T>(nint address)
        where T : unmanaged => *(T*)address;

    [Accomplice]
    private static ulong GetShared<T>(nint address)
        where T : class => typeof(T).Name.Length == 0 ? 0 : *(ulong*)address;

    [Accomplice]
    private static void Set<T>(nint address, T item)
        where T : unmanaged => *(T*)address = item;

    [Accomplice]
    private static ref ulong At(nint address) => ref *(ulong*)address;

    [Accomplice, MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Read(ref ulong reference) => reference;

    [Accomplice, MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong ReadOnly(in ulong reference) => reference;

    [Accomplice, MethodImpl(MethodImplOptions.NoInlining)]
    private static void Write(out ulong reference, ulong value) => reference = value;

    private struct Triple
    {
        public ulong A;
        public ulong B;
        public ulong C;

        [Accomplice]
        public readonly ulong Sum() => A + B + C;

        [Accomplice]
        public override readonly int GetHashCode() => (int)A;
    }

    private struct Tagged<T>
        where T : unmanaged
    {
        public int Tag;
        public T Item;
    }

    private struct Buffered
    {
        public fixed byte Bytes[16];
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct Union
    {
        [FieldOffset(0)]
        public byte Part;

        [FieldOffset(0)]
        public ulong Whole;
    }

    private readonly ref struct RefHolder
    {
        private readonly ref ulong _value;

        [Accomplice]
        public RefHolder(ref ulong value) => _value = ref value;

        public ulong Value
        {
            [Accomplice]
            get => _value;
        }
    }
}
