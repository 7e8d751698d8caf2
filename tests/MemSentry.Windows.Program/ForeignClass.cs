using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program;

/// <summary>A class that is not whitelisted. Its static constructor runs when a whitelisted member first touches it.</summary>
internal static class ForeignClass
{
    internal static int Value;

    static ForeignClass()
    {
        Value = 1;
        Probe.Look("a static constructor");
    }
}
