using MemSentry.CompilerServices;

namespace MemSentry.Native.Probe.ProtectionKeys;

/// <summary>Starts the runtime as a module does that is woven with a domain-based method.</summary>
internal static class ProbeModule
{
    /// <param name="methods">The settings that name methods, for example <c>ProtMethod=mpk</c>.</param>
    public static void Start(string methods) => WovenModule.Start(
        "Probe", AddressSpaceLayout.Version, $"{methods};Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf;Callees=data");
}
