using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>Overlapped input and output, and wait handles.</summary>
internal static class ThreadingRows
{
    public static ApiType[] Types =>
    [
        new("System.Threading.Overlapped", Escapes("*")),
        new("System.Threading.ThreadPool", Escapes("UnsafeQueueNativeOverlapped"), Escapes("BindHandle")),
        new("System.Threading.ThreadPoolBoundHandle", Escapes("*")),
        new("System.Threading.IOCompletionCallback", DelegateRows.Constructor, Escapes("*")),
        new("System.Threading.WaitHandle",
            ExemptField("InvalidHandle", Reasons.Number),
            Escapes("set_Handle(nint)"),
            Member("get_Handle()").Gives(AHandle)),

        // The handles stand in an array: pointers inside structures are the documented limit.
        new("System.Threading.SynchronizationContext", Escapes("Wait(nint[], bool, int)"), Escapes("WaitHelper(nint[], bool, int)")),
        new("System.Threading.NativeOverlapped", ExemptField("*", Reasons.InsideStructure)),
    ];
}
