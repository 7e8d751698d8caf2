using System.Globalization;
using MemSentry.Domains;

namespace MemSentry.Startup;

/// <summary>Reads the settings that a woven module carries, <c>Name=value;…</c>.</summary>
/// <remarks>Without LINQ, as all that starts a module that checks: the program's own System.Linq may be woven, and would have to start first.</remarks>
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

    /// <summary>The methods that domains can have, for messages.</summary>
    public const string AllDomainMethods = "mpk, mprotect or crypt";

    /// <summary>All methods, for messages.</summary>
    public const string AllMethods = "mpx, sfi, mpk, mprotect or crypt";

    private const string Checks = "mpx";
    private const string Method = "ProtMethod=";
    private const string Methods = "DomainMethods=";
    private const string Gates = "Gates=";

    /// <summary>Whether this runtime has a method.</summary>
    public static bool IsMethod(string method) => method is Checks or Masking or Nothing || IsDomainMethod(method);

    /// <summary>Whether this runtime has a method of domains.</summary>
    public static bool IsDomainMethod(string method) => Parse(method) != DomainMethod.None;

    /// <summary>What a module's method wants of the pages of regions.</summary>
    public static DomainMethod DomainMethodOf(string settings) => Parse(MethodOf(settings));

    /// <summary>Domains for which a module wants another method than its own, <c>DomainMethods=keys:crypt,tables:mprotect</c>. A pair without a method has an empty one.</summary>
    public static IReadOnlyList<(string Domain, string Method)> DomainMethodsOf(string settings)
    {
        var pairs = new List<(string Domain, string Method)>();
        foreach (string pair in (ValueOf(settings, Methods) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = pair.Split(':', 2, StringSplitOptions.TrimEntries);
            pairs.Add((words[0], words.Length == 2 ? words[1] : ""));
        }

        return pairs;
    }

    /// <summary>The same as claims.</summary>
    public static IReadOnlyList<DomainClaim> ClaimsOf(string settings)
    {
        var claims = new List<DomainClaim>();
        foreach ((string domain, string method) in DomainMethodsOf(settings))
        {
            claims.Add(new DomainClaim(domain, Parse(method)));
        }

        return claims;
    }

    /// <summary>Numbers of the domains whose gates the module's code calls at their fixed places, <c>Gates=-1756371713,17</c>.</summary>
    public static IReadOnlyList<int> GatesOf(string settings) => Array.ConvertAll(
        (ValueOf(settings, Gates) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries), number => int.Parse(number, CultureInfo.InvariantCulture));

    /// <summary>Whether a module wants a method, for all domains or for one.</summary>
    public static bool Wants(string settings, DomainMethod method)
    {
        bool isWanted = DomainMethodOf(settings) == method;
        foreach (DomainClaim claim in ClaimsOf(settings))
        {
            isWanted |= claim.Method == method;
        }

        return isWanted;
    }

    /// <summary>The settings with another method in place of <c>mpk</c>, as a fallback has it.</summary>
    public static string WithoutKeys(string settings, string method) => string.Join(';', Array.ConvertAll(settings.Split(';'), setting => setting switch
    {
        Method + ProtectionKeys => Method + method,
        _ when setting.StartsWith(Methods, StringComparison.Ordinal) => Methods + string.Join(',', Array.ConvertAll(
            setting[Methods.Length..].Split(','),
            pair => pair.EndsWith(":" + ProtectionKeys, StringComparison.Ordinal) ? pair[..^ProtectionKeys.Length] + method : pair)),
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
        Array.Find(settings.Split(';'), setting => setting.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
}
