using MemSentry.Constructs.Building;

namespace MemSentry.Constructs.Tests;

/// <summary>What a run with the method <c>mpk</c> needs.</summary>
internal static class ProtectionKeys
{
    private static readonly bool AreThere =
        File.ReadLines("/proc/cpuinfo").Any(line => line.StartsWith("flags", StringComparison.Ordinal) && $"{line} ".Contains(" ospke ", StringComparison.Ordinal));

    /// <summary>Skips a test, by name and with the reason, where the runtime would refuse to start.</summary>
    public static void SkipWithout(Variant variant)
    {
        if (variant == Variant.Mpk && !AreThere)
            Assert.Ignore("MS7021: this machine has no protection keys (ospke in /proc/cpuinfo), which the method mpk needs.");
    }
}
