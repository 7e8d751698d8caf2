using System.Runtime.InteropServices;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Strings and structures that <c>Marshal</c> reads at an address.</summary>
public static unsafe class MarshalStrings
{
    [LoadAttack("call", Api = "Marshal::PtrToStringAnsi(nint)", ReadsText = true)]
    public static ulong StringAnsi(nint address) => Outsider.Digest(Marshal.PtrToStringAnsi(address));

    [LoadAttack("call", Api = "Marshal::PtrToStringAnsi(nint, int)", ReadsText = true)]
    public static ulong StringAnsiOfLength(nint address) => Outsider.Digest(Marshal.PtrToStringAnsi(address, 5));

    [LoadAttack("call", Api = "Marshal::PtrToStringAuto(nint)", ReadsText = true)]
    public static ulong StringAuto(nint address) => Outsider.Digest(Marshal.PtrToStringAuto(address));

    [LoadAttack("call", Api = "Marshal::PtrToStringAuto(nint, int)", ReadsText = true)]
    public static ulong StringAutoOfLength(nint address) => Outsider.Digest(Marshal.PtrToStringAuto(address, 5));

    [LoadAttack("call", Api = "Marshal::PtrToStringUni(nint)", ReadsText = true)]
    public static ulong StringUni(nint address) => Outsider.Digest(Marshal.PtrToStringUni(address));

    [LoadAttack("call", Api = "Marshal::PtrToStringUni(nint, int)", ReadsText = true)]
    public static ulong StringUniOfLength(nint address) => Outsider.Digest(Marshal.PtrToStringUni(address, 5));

    [LoadAttack("call", Api = "Marshal::PtrToStringUTF8(nint)", ReadsText = true)]
    public static ulong StringUTF8(nint address) => Outsider.Digest(Marshal.PtrToStringUTF8(address));

    [LoadAttack("call", Api = "Marshal::PtrToStringUTF8(nint, int)", ReadsText = true)]
    public static ulong StringUTF8OfLength(nint address) => Outsider.Digest(Marshal.PtrToStringUTF8(address, 5));

    [EscapeAttack("call", Api = "Marshal::PtrToStringBSTR(nint)", ReadsText = true)]
    public static ulong StringBstr(nint address) => Outsider.Digest(Marshal.PtrToStringBSTR(address));

    [EscapeAttack("call", Api = "Marshal::PtrToStructure")]
    public static ulong Structure(nint address) => Marshal.PtrToStructure<Item>(address).Value;

    [EscapeAttack("call", Api = "Marshal::StructureToPtr")]
    public static void StructureTo(nint address, ulong value) => Marshal.StructureToPtr(new Item { Value = value }, address, fDeleteOld: false);

    [EscapeAttack("call", Api = "Marshal::AddRef", ReadsInterface = true, FatalOnNull = true)]
    public static ulong AddReference(nint address) => (ulong)Marshal.AddRef(address);

    [EscapeAttack("call", Api = "Marshal::Release", ReadsInterface = true, FatalOnNull = true)]
    public static ulong Release(nint address) => (ulong)Marshal.Release(address);

    [EscapeAttack("call", Api = "Marshal::QueryInterface", ReadsInterface = true, FatalOnNull = true)]
    public static ulong QueryInterface(nint address) => (ulong)Marshal.QueryInterface(address, in System.Guid.Empty, out _);

    [EscapeAttack("call", Api = "Marshal::InitHandle")]
    public static ulong InitHandle(nint address)
    {
        var handle = new Held();
        Marshal.InitHandle(handle, address);
        return Outsider.ReadHandle(handle);
    }

    [EscapeAttack("callvirt", Api = "ComWrappers::*", ReadsInterface = true, FatalOnNull = true)]
    public static ulong ComInstance(nint address) =>
        OutsideWrappers.Follow(Wrappers.GetOrCreateObjectForComInstance(address, CreateObjectFlags.UniqueInstance));

    private static readonly OutsideWrappers Wrappers = new();

    private struct Item
    {
        public ulong Value;
    }

    private sealed class Held : SafeHandle
    {
        public Held()
            : base(0, ownsHandle: false)
        {
        }

        public override bool IsInvalid => false;

        protected override bool ReleaseHandle() => true;
    }
}
