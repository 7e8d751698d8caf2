using MemSentry.Native;

namespace MemSentry.Faults;

/// <summary>Finds out for messages whose a signal handler is.</summary>
internal static class FaultHandlerOwner
{
    /// <summary>For example <c>the handler at 0x7f12a0001040 (/usr/lib/libcrash.so)</c>.</summary>
    public static string Describe(ulong handler) => handler switch
    {
        0 => "SIG_DFL",
        1 => "SIG_IGN",
        _ => $"the handler at 0x{handler:x} ({FileOf(handler)})",
    };

    private static string FileOf(ulong address)
    {
        string? name = MemoryMap.ReadSelf().Overlapping(address, address + 1).Select(range => range.Name).FirstOrDefault();
        return string.IsNullOrEmpty(name) ? "code made at run time" : name;
    }
}
