namespace MemSentry.Startup;

/// <summary>Reads the settings that a woven module carries, <c>Name=value;…</c>.</summary>
internal static class ModuleSettings
{
    /// <summary>The method that masks addresses instead of comparing them: it needs a null range, a fault handler and all memory above the mask.</summary>
    public const string Masking = "sfi";

    /// <summary>The method that protects nothing.</summary>
    public const string Nothing = "none";

    private const string Method = "ProtMethod=";

    /// <summary>The protection method.</summary>
    public static string MethodOf(string settings) =>
        settings.Split(';').FirstOrDefault(setting => setting.StartsWith(Method, StringComparison.Ordinal))?[Method.Length..] ?? "unknown";
}
