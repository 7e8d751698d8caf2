using System.Runtime.CompilerServices;
using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>Static constructors and module initialisers may be whitelisted, and may set off others in the middle of a window.</summary>
internal static unsafe class StaticConstructors
{
    private static byte _seenAtStart;

    public static int Run()
    {
        int value = Secret.TouchForeignClass();
        Probe.Look("what follows");
        return value == 2 && _seenAtStart == 0 && Trusted.Value == 1 ? Probe.Verdict(atLeast: 2) : 3;
    }

    // The library of a program that is woven as a whole may have one.
#pragma warning disable CA2255
    [ModuleInitializer]
    [SafeRegionAccess]
    internal static void StartOfModule() => _seenAtStart = Secret.Key.Pointer[0];
#pragma warning restore CA2255

    private static class Trusted
    {
        internal static readonly byte Value;

        [SafeRegionAccess]
        static Trusted()
        {
            Value = Secret.Key.Pointer[0];
        }
    }
}
