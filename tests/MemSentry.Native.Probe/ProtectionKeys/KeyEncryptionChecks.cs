using MemSentry.CompilerServices;
using MemSentry.Crypt;
using MemSentry.Domains;

namespace MemSentry.Native.Probe.ProtectionKeys;

/// <summary>The method <c>crypt</c> on a processor with keys, which close the code that its AES keys lie in.</summary>
internal static unsafe class KeyEncryptionChecks
{
    private const string Domain = "vault";

    public static void Run(Checks checks, FaultProbe probe)
    {
        Regions(checks, probe);
        Windows(checks);
    }

    private static void Regions(Checks checks, FaultProbe probe)
    {
        using CryptRegion region = CryptRegion.Create(100);
        region.Open();
        region.Span.Fill(7);
        region.Close();
        bool isHidden = region.Span.IndexOfAnyExcept((byte)7) >= 0;
        region.Open();
        bool isBack = region.Span.IndexOfAnyExcept((byte)7) < 0;
        region.Close();
        checks.That("crypt works here", isHidden && isBack);
        FaultRecord fault = probe.Load(region.CodeAddress);
        checks.That("its AES keys can be executed and not read", fault is { Signal: FaultRecord.Segmentation, Code: FaultRecord.KeyError }, region.Isolation);
    }

    /// <summary>As woven programs use it, for a domain beside those that have keys.</summary>
    private static void Windows(Checks checks)
    {
        SafeRegion region = SafeRegion.Allocate(100, new SafeRegionOptions { Domain = Domain });
        var closed = new ReadOnlySpan<byte>(region.Pointer, 100);
        bool isHidden = closed.ContainsAnyExcept((byte)0);
        byte mark;
        Window.Enter(DomainTable.NumberOf(Domain), 2, (nuint)(&mark));
        bool isText = !region.Span.ContainsAnyExcept((byte)0);
        Window.Leave((nuint)(&mark));
        checks.That("a window of crypt decrypts the region that is asked for", isHidden && isText && closed.ContainsAnyExcept((byte)0));
        checks.That("and nobody warns of keys that can be read", !MemSentryRuntime.Status.Warnings.Any(w => w.Contains("hidden", StringComparison.Ordinal)));
    }
}
