using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>Whitelists in columns: a line a member, a line for each call of it below.</summary>
internal static class TrustTable
{
    private static readonly string[] Head = ["bytes", "visible", "member"];

    public static void Write(IReadOnlyList<TrustReport> reports, TextWriter output)
    {
        foreach (TrustReport report in reports)
        {
            output.WriteLine($"{report.Assembly} ({report.Settings})");
            if (report.Members.Count > 0)
                Columns.Write([Head, .. report.Members.SelectMany(Rows)], output);
            foreach (AccessSite access in report.MarkedAccesses)
                output.WriteLine($"marked access: {Wording.Name(access.Kind)} by {access.Opcode} at {Wording.Offset(access.Offset)} of {access.Member}");
            output.WriteLine($"{report.Assembly}: {Summary(report)}");
        }
    }

    /// <summary>For example <c>3 whitelisted members with 17 bytes of IL, 1 marked accesses</c>.</summary>
    public static string Summary(TrustReport report) =>
        $"{report.Members.Count} whitelisted members with {report.Members.Sum(m => m.CodeSize)} bytes of IL, {report.MarkedAccesses.Count} marked accesses";

    private static IEnumerable<string[]> Rows(TrustedMember member) =>
    [
        [$"{member.CodeSize}", member.IsVisibleOutside ? "outside" : "inside", member.Member],
        .. member.Callers.Select(c => new[]
        {
            "", "", $"  {c.Opcode} in {c.Member} at {Wording.Offset(c.Offset)}{(c.Through is null ? "" : $", through {c.Through}")}",
        }),
    ];
}
