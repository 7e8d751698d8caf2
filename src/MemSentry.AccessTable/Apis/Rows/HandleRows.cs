using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>
/// Handles: numbers and structures that the runtime uses as addresses. <c>GCHandle.FromIntPtr(x).Target</c> reads an object reference at x.
/// </summary>
internal static class HandleRows
{
    private const int This = ApiOperand.Receiver;

    public static ApiType[] Types =>
    [
        new("System.Runtime.InteropServices.GCHandle",
            [
                Member("Alloc").Gives(AHandle),
                Member("FromIntPtr(nint)", Escape(0)).Gives(AHandle),
                Member("op_Explicit(nint)", Escape(0)).Gives(AHandle),
                Exempt("op_Explicit(GCHandle)", Reasons.WrapsOnly).Gives(AHandle),
                Exempt("ToIntPtr(GCHandle)", Reasons.WrapsOnly).Gives(AHandle),
                Member("get_Target()", Handle(This)),
                Member("set_Target(object)", Handle(This)),
                Member("AddrOfPinnedObject()", Handle(This)),
                Member("Free()", Handle(This)),
                .. Comparisons,
                Exempt("op_Equality", Reasons.Compared),
                Exempt("op_Inequality", Reasons.Compared),
                Unnamed,
            ]),
        new("System.Runtime.InteropServices.GCHandle`1",
            [.. GenericHandle, Member("get_Target()", Handle(This)), Member("set_Target(!0)", Handle(This)), Unnamed]),
        new("System.Runtime.InteropServices.PinnedGCHandle`1",
            [
                .. GenericHandle,
                Member("get_Target()", Handle(This)),
                Member("set_Target(!0)", Handle(This)),
                Member("GetAddressOfObjectData()", Handle(This)),
                Unnamed,
            ]),
        new("System.Runtime.InteropServices.WeakGCHandle`1",
            [.. GenericHandle, Member("TryGetTarget(ref !0)", Handle(This)), Member("SetTarget(!0)", Handle(This)), Unnamed]),
        new("System.Runtime.InteropServices.GCHandleExtensions", Member("GetAddressOf*", Handle(0)), Unnamed),
        new("System.Runtime.DependentHandle",
            Member(".ctor(object, object)").Gives(AHandle),
            Exempt("get_IsAllocated()", Reasons.Compared),
            Escapes("get_*"),
            Escapes("set_*"),
            Escapes("Dispose()"),
            Unnamed),
        new("System.Runtime.InteropServices.HandleRef",

            // P/Invoke passes the handle on as it is, so it leaves here.
            Member(".ctor(object, nint)", Escape(1)).Gives(AHandle),
            Exempt("*", Reasons.WrapsOnly)),
        new("System.Buffers.MemoryHandle",
            Member(".ctor(void*, GCHandle, IPinnable)", Escape(0), Handle(1)).Gives(AHandle),
            Exempt("get_Pointer()", Reasons.WrapsOnly).Gives(Untrusted),
            Member("Dispose()", Handle(This)),
            Unnamed),
        new("System.Buffers.IPinnable", Member("Pin(int)").Gives(AHandle)),
        new("System.Buffers.MemoryManager`1", Member("Pin(int)").Gives(AHandle)),
        new("System.Memory`1", Member("Pin()").Gives(AHandle)),
        new("System.ReadOnlyMemory`1", Member("Pin()").Gives(AHandle)),
    ];

    private static ApiRow[] Comparisons =>
    [
        Exempt("get_IsAllocated()", Reasons.Compared),
        Exempt("Equals", Reasons.Compared),
        Exempt("GetHashCode()", Reasons.Compared),
    ];

    private static ApiRow[] GenericHandle =>
    [
        Member(".ctor").Gives(AHandle),
        Member("FromIntPtr(nint)", Escape(0)).Gives(AHandle),
        Exempt("ToIntPtr(_)", Reasons.WrapsOnly).Gives(AHandle),
        Member("Dispose()", Handle(This)),
        .. Comparisons,
    ];
}
