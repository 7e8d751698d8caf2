namespace MemSentry.Analysis.Options;

/// <summary>What kind of method one is.</summary>
public static class ProtectionMethods
{
    /// <summary>Whether whitelisted members open a domain that is closed to everybody else, instead of everybody else's addresses being checked.</summary>
    public static bool IsDomainBased(this ProtectionMethod method) => method is ProtectionMethod.Mprotect or ProtectionMethod.Crypt or ProtectionMethod.Mpk;
}
