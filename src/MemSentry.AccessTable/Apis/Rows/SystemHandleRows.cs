using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>Handles of the operating system: files, sockets, processes, windows, tokens.</summary>
internal static class SystemHandleRows
{
    public static ApiType[] Types =>
    [
        new("System.IO.FileStream", Escapes(".ctor(nint, ...)"), Member("get_Handle()").Gives(AHandle)),
        new("System.IO.IsolatedStorage.IsolatedStorageFileStream", Member("get_Handle()").Gives(AHandle)),
        new("System.Net.Sockets.Socket", Member("get_Handle()").Gives(AHandle)),
        new("System.Net.Sockets.SafeSocketHandle", Escapes(".ctor(nint, bool)")),
        new("System.Diagnostics.Process",
            Exempt("set_MaxWorkingSet(nint)", Reasons.CountOrMask),
            Exempt("set_MinWorkingSet(nint)", Reasons.CountOrMask),
            Exempt("set_ProcessorAffinity(nint)", Reasons.CountOrMask),
            Member("get_MaxWorkingSet()").Gives(Unrelated),
            Member("get_MinWorkingSet()").Gives(Unrelated),
            Member("get_ProcessorAffinity()").Gives(Unrelated),
            Member("get_Handle()").Gives(AHandle),
            Member("get_MainWindowHandle()").Gives(AHandle)),
        new("System.Diagnostics.ProcessModule",
            Member("get_BaseAddress()").Gives(Untrusted),
            Member("get_EntryPointAddress()").Gives(Untrusted)),
        new("System.Diagnostics.ProcessStartInfo",
            Escapes("set_ErrorDialogParentHandle(nint)"),
            Member("get_ErrorDialogParentHandle()").Gives(AHandle)),
        new("System.Diagnostics.ProcessThread",
            Exempt("set_ProcessorAffinity(nint)", Reasons.CountOrMask),
            Member("get_StartAddress()").Gives(Untrusted)),
        new("System.Security.Principal.SecurityIdentifier", Escapes(".ctor(nint)")),
        new("System.Security.Principal.WindowsIdentity", Escapes(".ctor(nint, ...)"), Member("get_Token()").Gives(AHandle)),
        new("Microsoft.Win32.SafeHandles.*", Escapes(".ctor(nint, ...)")),
    ];
}
