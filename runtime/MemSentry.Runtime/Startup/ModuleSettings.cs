using System.Globalization;
using MemSentry.Domains;

namespace MemSentry.Startup;

/// <summary>Reads the settings that a woven module carries, <c>Name=value;…</c>.</summary>
internal static class ModuleSettings
{
    /// <summary>The method that masks addresses instead of comparing them: it needs a null range, a fault handler and all memory above the mask.</summary>
    public const string Masking = "sfi";

    /// <summary>The method that closes the pages of regions.</summary>
    public const string PagePermissions = "mprotect";

    /// <summary>The method that keeps regions encrypted.</summary>
    public const string Encryption = "crypt";

    /// <summary>The method that closes regions by protection keys.</summary>
    public const string ProtectionKeys = "mpk";

    /// <summary>The method that protects nothing.</summary>
    public const string Nothing = "none";

    private const string Method = "ProtMethod=";
    private const string Methods = "DomainMethods=";
    private const string Gates = "Gates=";

    /// <summary>What a module's method wants of the pages of regions.</summary>
    public static DomainMethod DomainMethodOf(string settings) => Parse(MethodOf(settings));

    /// <summary>Domains for which a module wants another method than its own, <c>DomainMethods=keys:crypt,tables:mprotect</c>.</summary>
    public static IReadOnlyList<DomainClaim> ClaimsOf(string settings) =>
    [
        .. (ValueOf(settings, Methods) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split(':', 2)).Where(pair => pair.Length == 2)
            .Select(pair => new DomainClaim(pair[0].Trim(), Parse(pair[1].Trim()))),
    ];

    /// <summary>Numbers of the domains whose gates the module's code calls at their fixed places, <c>Gates=-1756371713,17</c>.</summary>
    public static IReadOnlyList<int> GatesOf(string settings) =>
        [.. (ValueOf(settings, Gates) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

    /// <summary>Whether a module wants a method, for all domains or for one.</summary>
    public static bool Wants(string settings, DomainMethod method) =>
        DomainMethodOf(settings) == method || ClaimsOf(settings).Any(claim => claim.Method == method);

    /// <summary>The settings with another method in place of <c>mpk</c>, as a fallback has it.</summary>
    public static string WithoutKeys(string settings, string method) => string.Join(';', settings.Split(';').Select(setting => setting switch
    {
        Method + ProtectionKeys => Method + method,
        _ when setting.StartsWith(Methods, StringComparison.Ordinal) => Methods + string.Join(',', setting[Methods.Length..].Split(',')
            .Select(pair => pair.EndsWith(":" + ProtectionKeys, StringComparison.Ordinal) ? pair[..^ProtectionKeys.Length] + method : pair)),
        _ => setting,
    }));

    /// <summary>The protection method.</summary>
    public static string MethodOf(string settings) => ValueOf(settings, Method) ?? "unknown";

    /// <summary>What users call a method of domains.</summary>
    public static string NameOf(DomainMethod method) => method switch
    {
        DomainMethod.PagePermissions => PagePermissions,
        DomainMethod.Encryption => Encryption,
        DomainMethod.ProtectionKeys => ProtectionKeys,
        _ => "checks",
    };

    private static DomainMethod Parse(string method) => method switch
    {
        PagePermissions => DomainMethod.PagePermissions,
        Encryption => DomainMethod.Encryption,
        ProtectionKeys => DomainMethod.ProtectionKeys,
        _ => DomainMethod.None,
    };

    private static string? ValueOf(string settings, string name) =>
        settings.Split(';').FirstOrDefault(setting => setting.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
}
