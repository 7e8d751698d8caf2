using System.Runtime;
using System.Runtime.InteropServices;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Handles of the garbage collector: numbers that the runtime uses as addresses of object references.</summary>
public static unsafe class Handles
{
    // GCHandle.FromIntPtr(x).Target is *(object*)x.
    [EscapeAttack("call", Api = "GCHandle::FromIntPtr(nint)", ReadsReference = true)]
    public static ulong FromNumber(nint address) => Follower.Follow(GCHandle.FromIntPtr(address).Target);

    [EscapeAttack("call", Api = "GCHandle::op_Explicit(nint)", ReadsReference = true)]
    public static ulong ByCast(nint address) => Follower.Follow(((GCHandle)address).Target);

    // A handle that was read out of memory as a whole: no number ever crosses the border.
    [EscapeAttack("call", Api = "GCHandle::get_Target()", ReadsReference = true)]
    public static ulong ForgedTarget(nint address) => Follower.Follow((*(GCHandle*)&address).Target);

    [EscapeAttack("call", Api = "GCHandle::AddrOfPinnedObject()", ReadsReference = true)]
    public static ulong AddressOfPinnedObject(nint address)
    {
        nint pinned = address | 1;
        return ((GCHandle*)&pinned)->AddrOfPinnedObject() == 0 ? 0UL : 1UL;
    }

    [EscapeAttack("call", Api = "GCHandle`1::FromIntPtr(nint)", ReadsReference = true)]
    public static ulong TypedFromNumber(nint address) => Follower.Follow(GCHandle<Token>.FromIntPtr(address).Target);

    [EscapeAttack("call", Api = "GCHandle`1::get_Target()", ReadsReference = true)]
    public static ulong TypedForgedTarget(nint address) => Follower.Follow((*(GCHandle<Token>*)&address).Target);

    [EscapeAttack("call", Api = "PinnedGCHandle`1::FromIntPtr(nint)", ReadsReference = true)]
    public static ulong PinnedFromNumber(nint address) => Follower.Follow(PinnedGCHandle<Token>.FromIntPtr(address).Target);

    [EscapeAttack("call", Api = "PinnedGCHandle`1::get_Target()", ReadsReference = true)]
    public static ulong PinnedForgedTarget(nint address) => Follower.Follow((*(PinnedGCHandle<Token>*)&address).Target);

    [EscapeAttack("call", Api = "PinnedGCHandle`1::GetAddressOfObjectData()", ReadsReference = true)]
    public static ulong PinnedAddressOfData(nint address) => (*(PinnedGCHandle<Token>*)&address).GetAddressOfObjectData() == null ? 0UL : 1UL;

    [EscapeAttack("call", Api = "WeakGCHandle`1::FromIntPtr(nint)", ReadsReference = true)]
    public static ulong WeakFromNumber(nint address) =>
        WeakGCHandle<Token>.FromIntPtr(address).TryGetTarget(out Token target) ? Follower.Follow(target) : 0;

    [EscapeAttack("call", Api = "WeakGCHandle`1::TryGetTarget(ref !0)", ReadsReference = true)]
    public static ulong WeakForgedTarget(nint address) =>
        (*(WeakGCHandle<Token>*)&address).TryGetTarget(out Token target) ? Follower.Follow(target) : 0;

    [EscapeAttack("call", Api = "GCHandleExtensions::GetAddressOf*", ReadsReference = true, FatalOnNull = true)]
    public static ulong AddressOfArrayData(nint address) => (*(PinnedGCHandle<byte[]>*)&address).GetAddressOfArrayData() == null ? 0UL : 1UL;

    [EscapeAttack("call", Api = "DependentHandle::get_*", ReadsReference = true)]
    public static ulong DependentTarget(nint address)
    {
        DependentHandle handle = *(DependentHandle*)&address;
        return Follower.Follow(handle.Target);
    }

    [EscapeAttack("newobj", Api = "MemoryHandle::.ctor(void*, GCHandle, IPinnable)")]
    public static ulong MemoryHandleOfPointer(nint address) => Outsider.ReadMemory(new System.Buffers.MemoryHandle((void*)address));

    [EscapeAttack("newobj", Api = "HandleRef::.ctor(object, nint)")]
    public static ulong ReferenceToHandle(nint address) => Outsider.ReadHandle(new HandleRef(null, address));

    [EscapeAttack("call", Api = "SafeHandle::SetHandle(nint)")]
    public static ulong SafeHandleSet(nint address) => Outsider.ReadHandle(new Safe(address));

    [EscapeAttack("stfld", Api = "SafeHandle::field handle")]
    public static ulong SafeHandleField(nint address) => Outsider.ReadHandle(new SafeByField(address));

    [EscapeAttack("call", Api = "SafeHandle::.ctor(nint, bool)")]
    public static ulong SafeHandleMadeInvalid(nint address) => Outsider.ReadHandle(new SafeByConstructor(address));

    [EscapeAttack("call", Api = "CriticalHandle::SetHandle(nint)")]
    public static ulong CriticalHandleSet(nint address) => new Critical(address).Read();

    [EscapeAttack("stfld", Api = "CriticalHandle::field handle")]
    public static ulong CriticalHandleField(nint address) => new CriticalByField(address).Read();

    [EscapeAttack("call", Api = "CriticalHandle::.ctor(nint)")]
    public static ulong CriticalHandleMadeInvalid(nint address) => new CriticalByConstructor(address).Read();

    private abstract class Handle(nint invalid) : SafeHandle(invalid, ownsHandle: false)
    {
        public override bool IsInvalid => false;

        protected override bool ReleaseHandle() => true;
    }

    private sealed class Safe : Handle
    {
        [Accomplice]
        public Safe(nint address)
            : base(0) => SetHandle(address);
    }

    private sealed class SafeByField : Handle
    {
        [Accomplice]
        public SafeByField(nint address)
            : base(0) => handle = address;
    }

    private sealed class SafeByConstructor : SafeHandle
    {
        [Accomplice]
        public SafeByConstructor(nint address)
            : base(address, ownsHandle: false)
        {
        }

        public override bool IsInvalid => false;

        protected override bool ReleaseHandle() => true;
    }

    private sealed class Critical : OutsideCriticalHandle
    {
        [Accomplice]
        public Critical(nint address)
            : base(0) => SetHandle(address);
    }

    private sealed class CriticalByField : OutsideCriticalHandle
    {
        [Accomplice]
        public CriticalByField(nint address)
            : base(0) => handle = address;
    }

    private sealed class CriticalByConstructor : CriticalHandle
    {
        [Accomplice]
        public CriticalByConstructor(nint address)
            : base(address)
        {
        }

        public override bool IsInvalid => true;

        [Accomplice]
        public ulong Read() => Outsider.ReadAt(handle);

        protected override bool ReleaseHandle() => true;
    }
}
