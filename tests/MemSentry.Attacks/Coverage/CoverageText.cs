using MemSentry.Attacks.Reading;

namespace MemSentry.Attacks.Coverage;

/// <summary>How much of what must be attacked is attacked, for readers of the figure.</summary>
public static class CoverageText
{
    /// <summary>One line; rows are counted against opcodes, against the access table and against the list of borders.</summary>
    public static string Line(IReadOnlyList<DeclaredRow> rows)
    {
        int opcodes = OpcodeCoverage.All.Count(name => rows.Any(row => row.Opcodes.Contains(name)));
        int apis = ApiCoverage.All.Count(api => rows.Any(row => row.Api == api.Name));
        int borders = BorderCoverage.All.Count - BorderCoverage.Missing(rows).Select(missing => missing.Split(':')[0]).Distinct().Count();
        return $"coverage: {rows.Count} rows attack {opcodes} of {OpcodeCoverage.All.Count} opcodes ({OpcodeCoverage.Missing(rows).Count} without attack or reason), "
            + $"{apis} of {ApiCoverage.All.Count} rows of the access table ({ApiCoverage.Missing(rows).Count} without attack or reason), {borders} of {BorderCoverage.All.Count} borders";
    }
}
