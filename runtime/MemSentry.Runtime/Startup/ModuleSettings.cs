using MemSentry.Domains;

namespace MemSentry.Startup;

/// <summary>Reads the settings that a woven module carries, <c>Name=value;…</c>.</summary>
internal static class ModuleSettings
{
    /// <summary>The method that masks addresses instead of comparing them: it needs a null range, a fault handler and all memory above the mask.</summary>
    public const string Masking = "sfi";

    /// <summary>The method that closes the pages of regions.</summary>
    public const string PagePermissions = "mprotect";

    /// <summary>The method that protects nothing.</summary>
    public const string Nothing = "none";

    private const string Method = "ProtMethod=";

    /// <summary>What a module's method wants of the pages of regions.</summary>
    public static DomainMethod DomainMethodOf(string settings) =>
        MethodOf(settings) == PagePermissions ? DomainMethod.PagePermissions : DomainMethod.None;

    /// <summary>The protection method.</summary>
    public static string MethodOf(string settings) =>
        settings.Split(';').FirstOrDefault(setting => setting.StartsWith(Method, StringComparison.Ordinal))?[Method.Length..] ?? "unknown";
}
