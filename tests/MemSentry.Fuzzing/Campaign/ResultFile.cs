using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>The file that a long campaign leaves in the repository.</summary>
internal static class ResultFile
{
    private const string ProcessorInformation = "/proc/cpuinfo";

    /// <summary>Its lines.</summary>
    public static IEnumerable<string> Lines(ICampaign campaign, Tally tally, TimeSpan time) =>
    [
        "# Fuzzing campaign",
        "",
        "Written by `build/fuzz-campaign.sh`.",
        "",
        "| | |",
        "|---|---|",
        Row("processor", $"{Processor()}, {Environment.ProcessorCount} in use"),
        Row("runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}"),
        Row("commit", Commit()),
        Row("seed", $"{campaign.Seed}, {campaign.BatchSize} {campaign.Subject}s in a batch"),
        Row("time", $"{time.TotalMinutes:F0} minutes"),
        Row($"{campaign.Subject}s", $"{tally.Members}"),
        .. tally.Gates > 0
            ? (string[])[Row("calls of gates, woven", $"{tally.Gates}"), Row("looks at regions", $"{tally.Looks}")]
            : [Row("of them get at a safe region unwoven", $"{tally.Reached}")],
        Row("divergences", $"{tally.Divergences}"),
        Row("escapes", $"{tally.Escapes}"),
        Row("refused by the weaver", $"{tally.Refused} ({tally.RefusedShare:P2})"),
        Row("of no use: end the process unwoven", $"{tally.Broken.Count}"),
        .. tally.Ways.Select(way => Row(way.Key, $"{way.Value}")),
        "",
        .. tally.Reasons.Select(reason => $"* refused {reason.Value}: {reason.Key}"),
        .. tally.Discoveries.Select(d => $"* {d}"),
    ];

    private static string Row(string name, FormattableString value) => $"| {name} | {value.ToString(CultureInfo.InvariantCulture)} |";

    private static string Row(string name, string value) => $"| {name} | {value} |";

    private static string Processor() =>
        File.Exists(ProcessorInformation) && File.ReadLines(ProcessorInformation).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();

    // The SDK appends it to the version when it builds in a repository.
    private static string Commit()
    {
        string version = typeof(ResultFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return version.Contains('+', StringComparison.Ordinal) ? version[(version.IndexOf('+', StringComparison.Ordinal) + 1)..] : "unknown";
    }
}
