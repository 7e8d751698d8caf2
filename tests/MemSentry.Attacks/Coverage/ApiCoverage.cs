using MemSentry.AccessTable;
using MemSentry.Attacks.Reading;

namespace MemSentry.Attacks.Coverage;

/// <summary>Every row of the access table's APIs through which memory could be reached has an attack or a reason to have none.</summary>
public static class ApiCoverage
{
    /// <summary>The rows of the table through which memory could be reached, and whether they are the default of their type.</summary>
    public static IReadOnlyList<(string Name, bool IsDefault)> All { get; } =
    [
        .. from type in ApiTable.Types
           from row in type.Rows
           where row.Operands.Select(operand => operand.Role).Append(row.Others ?? OperandRole.Exempt).Any(Reaches)
           let name = NameOf(type, row)
           orderby name
           select (name, row.IsDefault),
    ];

    /// <summary>How attacks and reasons name a row of the table: the type without its namespace, and the row's pattern.</summary>
    public static string NameOf(ApiType type, ApiRow row)
    {
        int end = type.Name.EndsWith(".*", StringComparison.Ordinal) ? type.Name.Length - 3 : type.Name.Length - 1;
        return $"{type.Name[(type.Name.LastIndexOf('.', end) + 1)..]}::{row.Pattern}";
    }

    /// <summary>Rows of the table with neither an attack nor a reason.</summary>
    public static IReadOnlyList<string> Missing(IEnumerable<DeclaredRow> rows)
    {
        HashSet<string> covered = [.. rows.Select(row => row.Api).OfType<string>()];
        return [.. All.Where(row => !covered.Contains(row.Name) && ExemptApis.ReasonFor(row.Name, row.IsDefault) is null).Select(row => row.Name)];
    }

    // Code addresses reach memory only by control flow, which is not what the matrix is about.
    private static bool Reaches(OperandRole role) => role is not (OperandRole.Exempt or OperandRole.Code);
}
