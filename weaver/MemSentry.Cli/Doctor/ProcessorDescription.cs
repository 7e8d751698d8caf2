namespace MemSentry.Cli.Doctor;

/// <summary>
/// The processor as the kernel describes it. Not CPUID: whether a protection key can be used depends on the kernel too, and only
/// its flag list (<c>ospke</c>) says so.
/// </summary>
internal sealed record ProcessorDescription(string Model, IReadOnlySet<string> Flags)
{
    private const string Source = "/proc/cpuinfo";

    /// <summary>Reads the first processor's entry; empty where there is no such file.</summary>
    public static ProcessorDescription Read() => Parse(File.Exists(Source) ? File.ReadLines(Source) : []);

    /// <summary>Reads the first processor's entry from the file's lines.</summary>
    public static ProcessorDescription Parse(IEnumerable<string> lines)
    {
        Dictionary<string, string> entry = lines
            .TakeWhile(line => line.Length > 0)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return new ProcessorDescription(
            entry.GetValueOrDefault("model name", "unknown"),
            entry.GetValueOrDefault("flags", "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet());
    }
}
