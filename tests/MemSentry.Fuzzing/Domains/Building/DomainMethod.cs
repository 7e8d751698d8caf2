namespace MemSentry.Fuzzing.Domains.Building;

/// <summary>The methods of the two domains of a process. The runtime gives a domain one method, so each of these has children of its own.</summary>
/// <param name="Name">As reports show it.</param>
/// <param name="Settings">The options, as <see cref="Analysis.Options.OptionCatalog"/> reads them.</param>
public sealed record DomainMethod(string Name, string Settings)
{
    /// <summary>Nothing is closed: the unwoven program.</summary>
    public static DomainMethod None { get; } = new("none", "ProtMethod=none");

    /// <summary>All that close something. Without protection keys mprotect stands in for mpk, behind the same gates.</summary>
    public static IReadOnlyList<DomainMethod> All { get; } =
    [
        new("mprotect", "ProtMethod=mprotect"),
        new("crypt", "ProtMethod=crypt"),
        new("mpk", "ProtMethod=mpk"),
        new("mprotect+crypt", "ProtMethod=mprotect;DomainMethods=b:crypt"),
        new("mpk+mprotect", "ProtMethod=mpk;DomainMethods=b:mprotect"),
    ];

    /// <summary>The method that stands in where there are no protection keys.</summary>
    public string? Stand => Settings.Contains("mpk", StringComparison.Ordinal) && !HasKeys ? "mprotect" : null;

    private static bool HasKeys { get; } = File.ReadLines("/proc/cpuinfo").Any(line => line.StartsWith("flags", StringComparison.Ordinal) && $"{line} ".Contains(" ospke ", StringComparison.Ordinal));
}
