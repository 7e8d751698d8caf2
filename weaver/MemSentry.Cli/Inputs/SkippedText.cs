using MemSentry.Weaver;

namespace MemSentry.Cli.Inputs;

/// <summary>Says in one line what was skipped and why, so that nobody takes a skipped file for a protected one.</summary>
internal static class SkippedText
{
    private const int Named = 4;

    private static readonly (WeaveNeed Reason, string Words)[] Reasons =
    [
        (WeaveNeed.Woven, "already woven"),
        (WeaveNeed.Needed, "not woven"),
        (WeaveNeed.NoRawAccesses, "without raw accesses"),
        (WeaveNeed.Framework, "of the framework"),
        (WeaveNeed.Own, "of MemSentry"),
        (WeaveNeed.SatelliteResources, "satellite resources"),
        (WeaveNeed.ReferenceAssembly, "reference assemblies"),
        (WeaveNeed.Native, "native"),
    ];

    /// <summary>The words for a reason.</summary>
    public static string Of(WeaveNeed reason) => Reasons.Single(r => r.Reason == reason).Words;

    /// <summary>For example <c>skipped 4 files: 3 native (App, a.dll, b.dll), 1 without raw accesses (Json.dll)</c>.</summary>
    public static string Summary(IReadOnlyList<SkippedInput> skipped)
    {
        IEnumerable<string> groups =
            from reason in Reasons
            let names = skipped.Where(s => s.Reason == reason.Reason).Select(s => s.Input.Relative).ToArray()
            where names.Length > 0
            select $"{names.Length} {reason.Words} ({string.Join(", ", names.Take(Named))}{(names.Length > Named ? ", …" : "")})";
        return $"skipped {skipped.Count} file{(skipped.Count == 1 ? "" : "s")}: {string.Join(", ", groups)}";
    }
}
