using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>COM: an interface pointer is the address of a table of code addresses.</summary>
internal static class ComRows
{
    public static ApiType[] Types =>
    [
        new("System.Runtime.InteropServices.ComWrappers", Escapes("*")),
        new("System.Runtime.InteropServices.ComWrappers/ComInterfaceDispatch", ExemptField("Vtable", Reasons.InsideStructure), Escapes("GetInstance")),
        new("System.Runtime.InteropServices.ComWrappers/ComInterfaceEntry", ExemptField("Vtable", Reasons.InsideStructure)),

        // Interfaces that native code implements, and the structures that go with them.
        new("System.Runtime.InteropServices.ComTypes.*", ExemptField("*", Reasons.InsideStructure), Escapes("*")),
    ];
}
