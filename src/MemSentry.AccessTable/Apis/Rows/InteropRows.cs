using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>Handles and addresses on their way to native code. An operating-system handle could be any number, an address among them: it escapes.</summary>
internal static class InteropRows
{
    public static ApiType[] Types =>
    [
        new("System.Runtime.InteropServices.NativeLibrary", Escapes("*")),
        new("System.Runtime.InteropServices.DllImportResolver", DelegateRows.Constructor, Escapes("*")),
        new("System.Runtime.Loader.AssemblyLoadContext",
            Member("LoadUnmanagedDll*").Gives(Untrusted),
            Harmless("add_ResolvingUnmanagedDll", Reasons.Stored),
            Harmless("remove_ResolvingUnmanagedDll", Reasons.Stored)),
        new("System.Runtime.InteropServices.SafeHandle",
            HandleField("handle"),
            Escapes(".ctor(nint, bool)"),
            Escapes("SetHandle(nint)"),
            Member("DangerousGetHandle()").Gives(AHandle),
            Unnamed),
        new("System.Runtime.InteropServices.CriticalHandle",
            HandleField("handle"),
            Escapes(".ctor(nint)"),
            Escapes("SetHandle(nint)"),
            Unnamed),
        new("System.Runtime.InteropServices.ICustomMarshaler", Escapes("*")),
        new("System.Runtime.InteropServices.ICustomQueryInterface", Escapes("*")),
        new("System.Runtime.InteropServices.RuntimeEnvironment", Member("GetRuntimeInterfaceAsIntPtr").Gives(Untrusted)),

        // Language bridges: whole namespaces whose members only pass addresses between runtimes.
        new("System.Runtime.InteropServices.ObjectiveC.*", Escapes("*")),
        new("System.Runtime.InteropServices.Swift.*", Escapes("*")),
        new("System.Runtime.InteropServices.Java.*", ExemptField("*", Reasons.InsideStructure), Escapes("*")),
        new("System.Runtime.InteropServices.JavaScript.JSMarshalerArgument", Escapes("*")),
        new("System.Diagnostics.Tracing.EventSource",
            Escapes("WriteEventCore"),
            Escapes("WriteEventWithRelatedActivityIdCore")),

        // The tracing session reads the memory later, behind a pointer inside a structure: so it is compared here.
        new("System.Diagnostics.Tracing.EventSource/EventData",
            Escapes("set_DataPointer(nint)"),
            Member("get_DataPointer()").Gives(Untrusted)),
        new("System.Diagnostics.SymbolStore.ISymbolBinder1", Escapes("*")),
        new("System.Diagnostics.SymbolStore.ISymbolWriter", Escapes("*")),
        new("System.Transactions.IDtcTransaction", Escapes("*")),
    ];
}
