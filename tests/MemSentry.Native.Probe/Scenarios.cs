using MemSentry.Native.Probe.Crypt;
using MemSentry.Native.Probe.ProtectionKeys;
using MemSentry.Native.Probe.ThreadStarts;
using MemSentry.Native.Probe.Tracing;

namespace MemSentry.Native.Probe;

/// <summary>The scenarios by the name on the command line.</summary>
internal static class Scenarios
{
    private static readonly Dictionary<string, Func<string[], int>> All = new()
    {
        ["tamper"] = arguments => Tampering.Run(arguments[0]),
        ["fail-close"] = arguments => FailingClose.Run(arguments[0]),
        ["store-tag"] = _ => Tampering.StoreToTag(),
        ["find-keys"] = _ => KeySearch.Run(),
        ["protection-keys"] = _ => KeyChecks.Run(),
        ["thread-rights"] = ThreadRightsChecks.Run,
        ["key-fault"] = arguments => KeyFault.Run(arguments[0]),
        ["kernel-reads"] = _ => KernelReads.Run(),
        ["native-copy"] = _ => KernelReads.Copy(),
        ["trace"] = Tracer.Run,
        ["thread-starts"] = _ => StartingThreads.Run(),
        ["stress"] = arguments => CryptStress.Run(int.Parse(arguments[0], System.Globalization.CultureInfo.InvariantCulture)),
    };

    public static Func<string[], int> Find(string name) =>
        All.TryGetValue(name, out Func<string[], int>? scenario)
            ? scenario
            : throw new ArgumentException($"There is no scenario '{name}'; the names are: {string.Join(", ", All.Keys)}.");
}
